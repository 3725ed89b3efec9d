// Words inside a PNG: its chunks of text, as the PNG specification has them, behind the header.
const HEADER = 33; // bytes of the signature and of the chunk that must come first
const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

// said: words by keyword. What Latin-1 cannot write goes into a chunk of international text.
export function withText(png, said) {
  const chunks = Object.entries(said).map(([keyword, words]) => chunk(keyword, words));
  return new Blob([png.subarray(0, HEADER), ...chunks, png.subarray(HEADER)], { type: "image/png" });
}

function chunk(keyword, words) {
  const plain = /^[\n\x20-\x7e\xa0-\xff]*$/.test(words);
  const latin = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const body = plain ? latin(`${keyword}\0${words}`) : joined([latin(`${keyword}\0\0\0\0\0`), new TextEncoder().encode(words)]);
  const named = joined([latin(plain ? "tEXt" : "iTXt"), body]);
  return joined([number(body.length), named, number(checksum(named))]);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

function number(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function checksum(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
