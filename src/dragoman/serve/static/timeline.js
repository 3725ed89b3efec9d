// Cooperation above the line, conflict below it, a column a period; choosing a column asks for its events.
import { drawn, element } from "./dom.js";
import { QUADS } from "./records.js";

const WIDTH = 1000, HEIGHT = 260, EDGE = 34, BASE = 20;

export function timeline(rows, { unit, source, chosen, addressOf }) {
  const dated = rows.filter((row) => row[unit] !== null);
  if (!dated.length) return element("p", { class: "quiet" }, "None of these events has a date of its own, so there is no timeline.");
  const up = (row) => row.Q1 + row.Q2, down = (row) => row.Q3 + row.Q4;
  const most = Math.max(1, ...dated.map((row) => Math.max(up(row), down(row))));
  const middle = (HEIGHT - BASE) / 2, step = (WIDTH - EDGE) / dated.length, scale = (middle - 8) / most;
  const columns = dated.map((row, place) => {
    const x = EDGE + place * step, wide = Math.max(step * 0.8, 0.5);
    const bar = (quad, y, height) => drawn("rect", { class: `q${quad}`, x, y, width: wide, height: Math.max(height, 0) });
    const title = `${row[unit]}: ${row.events} events, ${[1, 2, 3, 4].filter((q) => row[`Q${q}`]).map((q) => `${row[`Q${q}`]} ${QUADS[q]}`).join(", ") || "none"}`;
    return drawn("a", { href: addressOf(row[unit]), "aria-label": title, "aria-current": chosen === row[unit] ? "true" : null },
      drawn("title", {}, title),
      drawn("rect", { x, y: 0, width: step, height: HEIGHT - BASE, fill: chosen === row[unit] ? "var(--lit)" : "transparent" }),
      bar(2, middle - up(row) * scale, row.Q2 * scale), bar(1, middle - row.Q1 * scale, row.Q1 * scale),
      bar(3, middle, row.Q3 * scale), bar(4, middle + row.Q3 * scale, row.Q4 * scale));
  });
  const every = Math.ceil(dated.length / 8);
  const labels = dated.map((row, place) => (place % every ? null : drawn("text", { x: EDGE + place * step, y: HEIGHT - 4 }, String(row[unit]))));
  const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": `Events by ${unit}`, width: "100%" },
    drawn("text", { x: 0, y: 14 }, String(most)), drawn("text", { x: 0, y: HEIGHT - BASE - 4 }, String(most)),
    drawn("line", { class: "axis", x1: EDGE, x2: WIDTH, y1: middle, y2: middle }), columns, labels);
  const key = [1, 2, 3, 4].map((quad) => element("span", { class: "key" }, element("i", { class: `q${quad}` }), QUADS[quad]));
  return element("figure", {}, element("div", { class: "scroll" }, picture), element("figcaption", {}, key, `events by ${unit}, cooperation above, conflict below; source: ${source}`));
}
