// How many events of each type, as bars.
import { drawn, element } from "./dom.js";
import { QUADS } from "./records.js";
import { figure } from "./saving.js";

const WIDTH = 640, ROW = 22, NAMES = 110, NUMBERS = 50;

export function bars(rows, { title, query }) {
  const ordered = rows.toSorted((one, other) => other.events - one.events || one.type.localeCompare(other.type));
  const scale = (WIDTH - NAMES - NUMBERS) / Math.max(1, ...ordered.map((row) => row.events));
  const lines = ordered.map((row, place) => {
    const y = place * ROW, wide = row.events * scale;
    return drawn("g", {}, drawn("text", { x: NAMES - 8, y: y + 15, "text-anchor": "end" }, row.type),
      drawn("rect", { class: `q${row.quad}`, x: NAMES, y: y + 4, width: wide, height: ROW - 8 }), drawn("text", { x: NAMES + wide + 6, y: y + 15 }, row.events.toLocaleString("en")));
  });
  const said = ordered.map((row) => `${row.type} ${row.events} (${QUADS[row.quad]})`).join(", ");
  const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${ordered.length * ROW}`, role: "img", "aria-label": `${title}: ${said}`, class: "bars" }, lines);
  return figure(picture, [element("span", {}, `number of events; source: dragoman, ${query}`)], { title, query });
}
