// What codes are called, asked once: JPN is Japan, JPN GOV is Japan (government). A code without a name stays a code.
import { ask } from "./api.js";

const names = { countries: {}, sectors: {}, with_the: [] };
const codes = new Map(); // by name in small letters

export const known = ask("codebook/names").then((found) => {
  Object.assign(names, found);
  for (const [code, name] of Object.entries(names.countries)) codes.set(name.toLowerCase(), code);
}).catch(() => {}); // then codes are shown

export function calledOf(code) {
  const [country, ...sectors] = code.split(" ");
  const called = names.countries[country] ?? country;
  return sectors.length ? `${called} (${sectors.map((sector) => names.sectors[sector] ?? sector).join(", ")})` : called;
}

export const withinText = (code) => `${names.with_the.includes(code.split(" ")[0]) ? "the " : ""}${calledOf(code)}`;

export const capital = (text) => text[0].toUpperCase() + text.slice(1);

export const pairOf = (one, other) => (one === other ? `Within ${withinText(one)}` : `${capital(withinText(one))} and ${withinText(other)}`);

// A code from what somebody writes: jpn, Japan, the United States, JPN GOV, Japan (government).
export function codeFrom(text) {
  const [, whole, sector] = text.trim().match(/^(.*?)\s*(?:\(([^)]*)\))?$/);
  const named = codes.get(whole.toLowerCase()) ?? codes.get(whole.toLowerCase().replace(/^the /, "")) ?? whole.toUpperCase();
  const role = Object.entries(names.sectors).find(([code, name]) => sector && [code.toLowerCase(), name].includes(sector.toLowerCase()));
  return [named, role?.[0]].filter(Boolean).join(" ");
}

export const allCountries = () => Object.values(names.countries).toSorted((one, other) => one.localeCompare(other, "en"));
