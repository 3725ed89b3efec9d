// How many events of each type, as bars.
import { drawn } from "./dom.js";
import { fitted } from "./fitting.js";
import { QUADS } from "./records.js";
import { figure } from "./saving.js";

const WIDEST = 640, ROW = 22, NAMES = 100, NUMBERS = 50;

export function bars(rows, { title, query }) {
  const ordered = rows.toSorted((one, other) => other.events - one.events || one.type.localeCompare(other.type));
  const key = [1, 2, 3, 4].filter((quad) => ordered.some((row) => row.quad === quad)).map((quad) => [`q${quad}`, QUADS[quad]]);
  return figure(fitted((width) => drawing(ordered, Math.min(width, WIDEST), title)), { name: "bars", title, query, key, says: "number of events", counts: { by: "type,quad" } });
}

function drawing(ordered, width, title) {
  const scale = (width - NAMES - NUMBERS) / Math.max(1, ...ordered.map((row) => row.events));
  const lines = ordered.map((row, place) => {
    const y = place * ROW, wide = row.events * scale;
    return drawn("g", {}, drawn("text", { x: NAMES - 8, y: y + 15, "text-anchor": "end" }, row.type),
      drawn("rect", { class: `q${row.quad}`, x: NAMES, y: y + 4, width: wide, height: ROW - 8 }), drawn("text", { x: NAMES + wide + 6, y: y + 15 }, row.events.toLocaleString("en")));
  });
  const said = ordered.map((row) => `${row.type} ${row.events} (${QUADS[row.quad]})`).join(", ");
  return drawn("svg", { viewBox: `0 0 ${width} ${ordered.length * ROW}`, width, height: ordered.length * ROW, role: "img", "aria-label": `${title}: ${said}`, class: "bars" }, lines);
}
