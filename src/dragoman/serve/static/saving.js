// Saving what is shown: a table by the API's export, a chart as SVG and PNG with title, key and source to be read, query and the data's
// version for programs.
import { about } from "./about.js";
import { addressOf } from "./api.js";
import { drawn, element } from "./dom.js";
import { linesOf, wideOf } from "./measuring.js";
import { withText } from "./png.js";

// Of a style sheet only these reach a picture, written as attributes: a file has no style sheet.
const SHOWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "visibility"];
const SHARP = 2; // pixels of a PNG for one of the picture
const FORMATS = { csv: "CSV", parquet: "Parquet", plover: "PLOVER", jsonl: "JSON lines" };

// shown: what holds the picture. key: [[class, name]], says: units and what the picture is of, counts: parameters of the panel it is made
// from, now: the query of what is shown at the moment, where that changes.
export function figure(shown, { title, query, key = [], says, counts = null, name, now = () => query }) {
  const keys = key.map(([shade, called]) => element("span", { class: "key" }, element("i", { class: shade }), called));
  const source = `source: dragoman${query ? `, ${query}` : ""}`;
  const buttons = [["SVG", saveSvg], ["PNG", savePng]].map(([format, make]) => [" ", element("button", { type: "button", class: "plain", "aria-label": `Save “${title}” as ${format}`, onclick: () => make(whole, { title, query: now(), key, says }) }, format)]);
  const asTable = counts ? [" · its counts as", saveLinks("panel", { ...counts, query }, ["csv", "parquet"], `counts of “${title}”`)] : null;
  const whole = element("figure", { class: `${name}-figure` }, element("p", { class: "title" }, title), shown,
    element("figcaption", {}, keys, element("span", {}, [says, source].filter(Boolean).join("; ")), element("span", { class: "save" }, "save as", buttons, asTable)));
  return whole;
}

export const saveLinks = (path, asked, formats, what = "") => formats.map((format) => [" ", element("a", { href: addressOf(path, { ...asked, format }), download: true, "aria-label": what && `Save ${what} as ${FORMATS[format]}` }, FORMATS[format])]);

export const savedAs = (path, asked, formats, what) => element("p", { class: "quiet small save" }, "save as", saveLinks(path, asked, formats, what));

// Links that save the events of a query; with a panel also the counts that are shown.
export function tableLinks(query, panel = null) {
  const events = saveLinks("export", { query }, ["csv", "parquet", "plover", "jsonl"], "events");
  return element("p", { class: "quiet small save" }, panel ? ["these counts as", saveLinks("panel", { ...panel, query }, ["csv", "parquet"], "counts"), " · their events as"] : "save as", events);
}

async function svgOf(whole, { title, query, key, says }) {
  const picture = whole.querySelector("svg"), copy = picture.cloneNode(true), { width, height } = picture.viewBox.baseVal;
  const [from, to] = [picture, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((original, place) => {
    const style = getComputedStyle(original);
    for (const name of SHOWN) { const value = style.getPropertyValue(name); if (value) to[place].setAttribute(name, value); }
    for (const attribute of [...to[place].attributes]) if (/^(class|href|tabindex|draggable|aria-.*|data-.*)$/.test(attribute.name)) to[place].removeAttribute(attribute.name);
  });
  const known = await about, unit = Math.max(1, width / 1000), { color, fontFamily } = getComputedStyle(document.body);
  const said = { title, query, data: known.version, store: known.store, dragoman: known.dragoman, address: location.pathname + location.search };
  const source = [says, `source: ${known.store}${query ? `, ${query}` : ""}`, `dragoman ${known.dragoman}, data ${known.version}`];
  const text = (words, at, size, more = {}) => drawn("text", { ...at, "font-family": fontFamily, "font-size": size * unit, fill: color, ...more }, words);
  const head = linesOf(title, width - 24 * unit, 17 * unit, 600), foot = linesOf(source.filter(Boolean).join("; "), width - 24 * unit, 12 * unit);
  const keys = keyOf(whole, key, width, unit, text);
  const top = (14 + 22 * head.length) * unit, bottom = top + height, end = bottom + keys.height + (12 + 16 * foot.length) * unit;
  copy.setAttribute("x", 0);
  copy.setAttribute("y", top);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const file = drawn("svg", { viewBox: `0 0 ${width} ${end}`, width, height: end }, drawn("title", {}, title), drawn("metadata", {}, JSON.stringify(said)),
    drawn("rect", { width, height: end, fill: getComputedStyle(document.body).backgroundColor }),
    head.map((line, place) => text(line, { x: 12 * unit, y: (24 + 22 * place) * unit }, 17, { "font-weight": 600 })), copy,
    drawn("g", { transform: `translate(0 ${bottom})` }, keys.drawn), foot.map((line, place) => text(line, { x: 12 * unit, y: bottom + keys.height + (16 + 16 * place) * unit }, 12)));
  return { text: new XMLSerializer().serializeToString(file), width, height: end, said };
}

// The key of a picture, in the colours that the page has for it.
function keyOf(whole, key, width, unit, text) {
  const colours = [...whole.querySelectorAll("figcaption .key i")].map((one) => getComputedStyle(one).backgroundColor);
  let x = 12 * unit, row = 0;
  const parts = key.flatMap(([shade, name], place) => {
    const wide = 32 * unit + wideOf(name, 12 * unit), high = shade === "line" ? 2 : 10;
    if (x + wide > width && x > 12 * unit) { x = 12 * unit; row += 1; }
    const y = (10 + 18 * row) * unit, made = [drawn("rect", { x, y: y + (10 - high) * unit / 2, width: 10 * unit, height: high * unit, fill: colours[place] }), text(name, { x: x + 15 * unit, y: y + 9 * unit }, 12)];
    x += wide;
    return made;
  });
  return { drawn: parts, height: key.length ? (10 + 18 * (row + 1)) * unit : 8 * unit };
}

async function saveSvg(whole, shown) {
  const { text } = await svgOf(whole, shown);
  await save(new Blob([text], { type: "image/svg+xml" }), shown.title, "svg");
}

async function savePng(whole, shown) {
  const { text, width, height, said } = await svgOf(whole, shown);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = element("canvas", { width: width * SHARP, height: height * SHARP });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const drawing = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const words = { Title: said.title, Software: `dragoman ${said.dragoman}`, Source: `${said.store}${said.address}`, "dragoman.query": said.query, "dragoman.data": said.data };
    await save(withText(new Uint8Array(await drawing.arrayBuffer()), words), said.title, "png");
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function save(blob, title, ending) {
  const address = URL.createObjectURL(blob);
  const words = title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-|-$/g, "").toLowerCase().slice(0, 60);
  element("a", { href: address, download: `${words}_${(await about).version}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
