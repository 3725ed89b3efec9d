// The map: countries coloured by how they deal with others, the strongest pairs joined by lines.
import { drawn } from "./dom.js";
import { COUNTRIES, HEIGHT, WIDTH } from "./map-data.js";
import { calledOf, pairOf } from "./names.js";

const LINES = 40, THICKEST = 14;

export const shadeOf = ([cooperation, conflict]) => {
  const all = cooperation + conflict;
  if (!all) return "s-none";
  return `s${Math.min(4, Math.floor((cooperation / all) * 5))}`;
};

export function worldMap(onCountry, onPair) {
  const shapes = new Map(Object.entries(COUNTRIES).map(([code, [x, y, path]]) => {
    const shape = path ? drawn("path", { d: path, class: "land" }) : drawn("circle", { cx: x, cy: y, r: 7, class: "land small" });
    const name = drawn("title");
    shape.append(name);
    shape.addEventListener("click", () => onCountry(code));
    return [code, { shape, name }];
  }));
  const lines = drawn("g", { class: "pairs" });
  const label = drawn("text", { class: "when", x: 24, y: HEIGHT - 24 });
  const picture = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", width: "100%", class: "map" }, [...shapes.values()].map(({ shape }) => shape), lines, label);

  function show({ nodes, pairs, when, most }) {
    for (const [code, { shape, name }] of shapes) {
      const cell = nodes.get(code) ?? [0, 0];
      shape.setAttribute("class", `land ${COUNTRIES[code][2] ? "" : "small"} ${shadeOf(cell)}`);
      name.textContent = `${calledOf(code)}: ${cell[0]} cooperation, ${cell[1]} conflict`;
    }
    const shown = pairs.filter(({ one, other }) => COUNTRIES[one] && COUNTRIES[other] && one !== other).slice(0, LINES);
    lines.replaceChildren(...shown.toReversed().map((pair) => line(pair, most.pair, onPair)));
    label.textContent = when;
    picture.setAttribute("aria-label", `Map of the world, ${when}: ${shown.slice(0, 5).map(({ one, other }) => pairOf(one, other)).join(", ") || "no pair of countries"}. The tables below have the same numbers.`);
  }
  return { picture, show };
}

function line({ one, other, cell }, most, onPair) {
  const [ax, ay] = COUNTRIES[one], [bx, by] = COUNTRIES[other];
  const across = Math.hypot(bx - ax, by - ay), lift = Math.min(across * 0.25, 160);
  const path = `M${ax},${ay}Q${(ax + bx) / 2},${(ay + by) / 2 - lift} ${bx},${by}`;
  const width = 2 + (THICKEST - 2) * Math.sqrt((cell[0] + cell[1]) / most);
  const made = drawn("path", { d: path, class: `pair ${shadeOf(cell)}`, "stroke-width": width.toFixed(1) }, drawn("title", {}, `${pairOf(one, other)}: ${cell[0]} cooperation, ${cell[1]} conflict`));
  made.addEventListener("click", () => onPair(one, other));
  return made;
}
