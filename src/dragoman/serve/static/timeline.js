// Cooperation above the line, conflict below it, a column a period, and the mean score as a line.
// Choosing a column asks for its events; drawing across several asks for nothing but what lies between.
import { drawn, element } from "./dom.js";
import { fitted } from "./fitting.js";
import { QUADS, signed } from "./records.js";
import { figure } from "./saving.js";

const HEIGHT = 280, LEFT = 34, RIGHT = 30, BASE = 22, MIDDLE = (HEIGHT - BASE) / 2, REACH = MIDDLE - 10;
const LABEL = 68; // room for the name of a period

export function timeline(rows, { unit, title, query, isChosen, addressOf, onRange }) {
  const dated = rows.filter((row) => row[unit] !== null);
  if (!rows.length) return null;
  if (!dated.length) return element("p", { class: "quiet" }, "None of these events has a date of its own, so there is no timeline.");
  const undated = rows.length > dated.length ? rows.find((row) => row[unit] === null).events : 0;
  const key = [...[1, 2, 3, 4].map((quad) => [`q${quad}`, QUADS[quad]]), ["line", "mean score (right, −10 to 10)"]];
  const says = `number of events by ${unit}, cooperation above, conflict below${undated ? `; ${undated.toLocaleString("en")} more without such a date` : ""}`;
  const box = fitted((width) => drawing(dated, width, { unit, title, isChosen, addressOf, onRange }));
  const whole = figure(box, { name: "timeline", title, query, key, says, counts: { by: unit, wide: "quad", score: true, fill: true } });
  whole.append(element("p", { class: "quiet small" }, "Choose a column for its events, or draw across to zoom."));
  return whole;
}

function drawing(dated, width, { unit, title, isChosen, addressOf, onRange }) {
  const up = (row) => row.Q1 + row.Q2, down = (row) => row.Q3 + row.Q4;
  const most = Math.max(1, ...dated.map((row) => Math.max(up(row), down(row))));
  const step = (width - LEFT - RIGHT) / dated.length, scale = REACH / most;
  const columns = dated.map((row, place) => {
    const x = LEFT + place * step, wide = Math.max(Math.min(step * 0.8, 60), 0.5);
    const bar = (quad, y, height) => (height ? drawn("rect", { class: `q${quad}`, x: x + (step - wide) / 2, y, width: wide, height }) : null);
    const told = [1, 2, 3, 4].filter((quad) => row[`Q${quad}`]).map((quad) => `${row[`Q${quad}`]} ${QUADS[quad]}`);
    const name = `${row[unit]}: ${told.join(", ") || "no events"}${row.events ? `, mean score ${signed(row.score_mean)}` : ""}`;
    return drawn("a", { href: addressOf(row[unit]), "aria-label": name, "aria-current": isChosen(row[unit]) ? "true" : null, draggable: "false" },
      drawn("title", {}, name),
      drawn("rect", { class: isChosen(row[unit]) ? "chosen" : "column", x, y: 0, width: step, height: HEIGHT - BASE }),
      bar(2, MIDDLE - up(row) * scale, row.Q2 * scale), bar(1, MIDDLE - row.Q1 * scale, row.Q1 * scale),
      bar(3, MIDDLE, row.Q3 * scale), bar(4, MIDDLE + row.Q3 * scale, row.Q4 * scale));
  });
  const every = Math.max(1, Math.ceil(LABEL / step));
  const labels = dated.map((row, place) => (place % every || LEFT + place * step > width - LABEL ? null : drawn("text", { x: LEFT + place * step, y: HEIGHT - 5 }, String(row[unit]))));
  const axis = [[most.toLocaleString("en"), 14], ["0", MIDDLE + 4], [most.toLocaleString("en"), HEIGHT - BASE - 4]].map(([value, y]) => drawn("text", { x: LEFT - 6, y, "text-anchor": "end" }, value));
  const scores = [["+10", 14], ["−10", HEIGHT - BASE - 4]].map(([value, y]) => drawn("text", { x: width - RIGHT + 4, y }, value));
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "group", "aria-label": title, class: "timeline" },
    columns, drawn("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: MIDDLE, y2: MIDDLE }), scoreLine(dated, step), axis, scores, labels);
  brushed(picture, dated.length, step, (first, last) => onRange(dated[first][unit], dated[last][unit]));
  return picture;
}

function scoreLine(dated, step) {
  const at = (row, place) => [LEFT + (place + 0.5) * step, MIDDLE - (row.score_mean / 10) * REACH];
  const points = dated.map((row, place) => (row.events ? at(row, place) : null));
  const path = points.map((point, place) => (point ? `${points[place - 1] ? "L" : "M"}${point[0].toFixed(1)},${point[1].toFixed(1)}` : "")).join("");
  const alone = points.filter((point, place) => point && !points[place - 1] && !points[place + 1]);
  return drawn("g", { "pointer-events": "none" }, drawn("path", { class: "halo", d: path }), drawn("path", { class: "score", d: path }), alone.map(([x, y]) => drawn("circle", { class: "dot", cx: x, cy: y, r: 2.5 })));
}

function brushed(picture, count, step, onRange) {
  const band = drawn("rect", { class: "brush", y: 0, height: HEIGHT - BASE, visibility: "hidden", "pointer-events": "none" });
  picture.append(band);
  const placeOf = (happening) => Math.min(count - 1, Math.max(0, Math.floor((happening.clientX - picture.getBoundingClientRect().left - LEFT) / step)));
  let from = null, moved = false;
  picture.addEventListener("pointerdown", (happening) => { if (!happening.button) { from = placeOf(happening); moved = false; } });
  picture.addEventListener("pointermove", (happening) => {
    if (from === null) return;
    const to = placeOf(happening), first = Math.min(from, to), last = Math.max(from, to);
    if (to !== from) moved = true;
    band.setAttribute("visibility", moved ? "visible" : "hidden");
    band.setAttribute("x", LEFT + first * step);
    band.setAttribute("width", (last - first + 1) * step);
  });
  const end = (happening) => {
    if (from !== null && moved) { const to = placeOf(happening); onRange(Math.min(from, to), Math.max(from, to)); }
    from = null;
  };
  picture.addEventListener("pointerup", end);
  picture.addEventListener("pointerleave", () => { from = null; band.setAttribute("visibility", "hidden"); });
  picture.addEventListener("dragstart", (happening) => happening.preventDefault());
  picture.addEventListener("click", (happening) => { if (moved) { happening.preventDefault(); happening.stopPropagation(); moved = false; } }, true);
}
