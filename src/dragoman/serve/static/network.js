// The network: countries or actors as circles, those that deal with each other joined. Places are found once, for all time, so that
// nothing jumps when a period is played. One stop for Tab; arrows go from circle to circle and along lines.
import { drawn, element } from "./dom.js";
import { fitted } from "./fitting.js";
import { laidOut, separated } from "./forces.js";
import { labelled } from "./labelling.js";
import { COUNTRIES, HEIGHT as TALL, WIDTH as WIDE } from "./map-data.js";
import { calledOf, pairOf, withinText } from "./names.js";
import { signed } from "./records.js";

const LABELS = 60, GOLDEN = Math.PI * (3 - Math.sqrt(5));
const BOUNDS = [-4, -1, 1, 4]; // of mean scores, which go from -10 to 10
export const SCORES = ["below −4", "−4 to −1", "−1 to 1", "1 to 4", "above 4"].map((name, shade) => [`l${shade}`, name]);
const shadeOf = (mean) => BOUNDS.filter((bound) => mean > bound).length;
export const eventsOf = ([cooperation, conflict]) => cooperation + conflict;
const toldOf = ([cooperation, conflict, score]) => `${cooperation} cooperation, ${conflict} conflict, mean score ${signed(score / (cooperation + conflict))}`;

// pairs: of all time. Shows { nodes, pairs, when, most } of a period; nodes by code, cells [cooperation, conflict, sum of scores].
// Of actors, one of whom no sector is told is a circle of its own, but no question asks for it alone.
export function networkOf(pairs, addressOf, of) {
  const opens = (...codes) => (of === "actor" ? codes.filter((code) => !code.includes(" ")).map((code) => `; no sector told, opens ${withinText(code)} as a whole`).join("") : "");
  const joined = pairs.filter(({ one, other }) => one !== other);
  const codes = [...new Set(joined.flatMap(({ one, other }) => [one, other]))];
  const placeOf = new Map(codes.map((code, place) => [code, place]));
  const most = Math.max(1, ...joined.map(({ cell }) => eventsOf(cell)));
  const links = joined.map(({ one, other, cell }) => [placeOf.get(one), placeOf.get(other), Math.sqrt(eventsOf(cell) / most)]);
  const active = new Map(codes.map((code) => [code, 0]));
  for (const { one, other, cell } of joined) for (const code of [one, other]) active.set(code, active.get(code) + eventsOf(cell));
  const mostActive = Math.max(1, ...active.values());
  const places = new Map(); // by form: a wide window is laid out otherwise than a narrow one
  const told = element("p", { class: "told quiet small", id: "told" }, "");
  let frame = null, drawing = null;
  const box = fitted((width) => {
    drawing = drawingOf(width);
    if (frame) drawing.show(frame);
    return drawing.picture;
  });

  function drawingOf(width) {
    const height = Math.round(width < 600 ? width * 1.25 : Math.min(560, width * 0.5)), aspect = width < 600 ? 0.8 : 1.9;
    if (!places.has(aspect)) places.set(aspect, laidOut(codes.map(startOf), links, aspect));
    const largest = width < 600 ? 13 : 22, margin = width < 600 ? 20 : 60;
    const circles = codes.map((code, place) => {
      const { x, y } = places.get(aspect)[place];
      return { code, x: margin + x * (width - 2 * margin), y: 28 + y * (height - 56), r: radius(active.get(code) / mostActive, largest) };
    });
    separated(circles, width, height);
    const at = new Map(circles.map((circle) => [circle.code, circle]));
    const lines = drawn("g"), points = drawn("g"), labels = drawn("g", { class: "labels", "pointer-events": "none" });
    const period = drawn("text", { class: "when", x: 12, y: height - 12 });
    const nothing = drawn("text", { class: "nothing", x: width / 2, y: height / 2, "text-anchor": "middle", visibility: "hidden" }, "");
    const picture = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", class: "network", "aria-describedby": "told" }, lines, points, labels, period, nothing);
    const walk = walking(picture, told);

    function show({ nodes, pairs: shown, when, most: { pair: mostOfPair, node: mostOfNode } }) {
      const edges = shown.filter(({ one, other }) => one !== other && at.has(one) && at.has(other));
      const present = new Set(edges.flatMap(({ one, other }) => [one, other]));
      const active = circles.filter(({ code }) => present.has(code)).map((circle) => ({ ...circle, cell: nodes.get(circle.code) ?? [0, 0, 0] }))
        .sort((a, b) => eventsOf(b.cell) - eventsOf(a.cell) || (a.code < b.code ? -1 : 1));
      for (const circle of active) circle.r = radius(eventsOf(circle.cell) / mostOfNode, largest);
      const names = labelled(active.map((circle) => ({ ...circle, names: namesOf(circle.code) })), width, height, LABELS, [{ left: 0, right: 12 + 9 * when.length, top: height - 30, bottom: height }]);
      lines.replaceChildren(...edges.toReversed().map((edge) => lineOf(edge, at, mostOfPair, addressOf, opens)));
      points.replaceChildren(...active.toReversed().map((circle) => pointOf(circle, addressOf, opens)));
      labels.replaceChildren(...active.map((circle, place) => labelOf(circle, names[place], width)));
      period.textContent = when;
      nothing.textContent = edges.length ? "" : `No events between these in ${when}`;
      nothing.setAttribute("visibility", edges.length ? "hidden" : "visible");
      const first = edges.slice(0, 3).map(({ one, other }) => pairOf(one, other)).join("; ");
      picture.setAttribute("aria-label", `Network, ${when}: ${active.length} joined by ${edges.length} lines${first ? `, the strongest ${first}` : ""}. Arrow keys go through it; the tables below have the same numbers.`);
      walk.over(active.map(({ code }) => code));
    }
    return { picture, show };
  }
  return { box: element("div", {}, box, told), show(next) { frame = next; drawing?.show(next); } };
}

const radius = (share, largest) => 3 + (largest - 3) * Math.sqrt(Math.min(1, share));

// An actor's code is short enough to stand beside a circle; pointing at it tells the sector in words.
const namesOf = (code) => [[calledOf(code.slice(0, 3)), code.slice(4)].filter(Boolean).join(" "), code];

// Countries start where they lie on the map, so that the east stays in the east; what is on no map starts around the middle.
function startOf(code, place) {
  const turn = place * GOLDEN, country = COUNTRIES[code.slice(0, 3)];
  const [x, y] = country ? [country[0] / WIDE, country[1] / TALL] : [0.5, 0.5];
  const off = country ? 0.01 : 0.1;
  return { x: x + off * Math.cos(turn), y: y + off * Math.sin(turn) };
}

function lineOf({ one, other, cell }, at, most, addressOf, opens) {
  const [a, b] = [at.get(one), at.get(other)], name = `${pairOf(one, other)}: ${toldOf(cell)}${opens(one, other)}`;
  const ends = { x1: a.x.toFixed(1), y1: a.y.toFixed(1), x2: b.x.toFixed(1), y2: b.y.toFixed(1) };
  const share = Math.sqrt(Math.min(1, eventsOf(cell) / most));
  return drawn("a", { href: addressOf(one, other), class: "edge", "aria-label": name, tabindex: -1, "data-ends": `${one}|${other}`, draggable: "false" },
    drawn("title", {}, name), drawn("line", { ...ends, class: "hit" }),
    drawn("line", { ...ends, class: `line l${shadeOf(cell[2] / eventsOf(cell))}`, "stroke-width": (1 + 7 * share).toFixed(1), "stroke-opacity": (0.45 + 0.5 * share).toFixed(2) }));
}

function pointOf({ code, x, y, r, cell }, addressOf, opens) {
  const name = `${calledOf(code)}: ${toldOf(cell)}${opens(code)}`;
  return drawn("a", { href: addressOf(code), class: "node", "aria-label": name, tabindex: -1, "data-code": code, draggable: "false" },
    drawn("title", {}, name), drawn("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), class: `l${shadeOf(cell[2] / eventsOf(cell))}` }));
}

// A name without room is shown when its circle is pointed at.
function labelOf({ code, x, y, r }, found, width) {
  const beyond = x > width / 2 ? { x: x - r - 4, anchor: "end" } : { x: x + r + 4, anchor: "start" };
  const { text, anchor, ...place } = found ?? { text: namesOf(code)[0], x: beyond.x, y: y + 4, anchor: beyond.anchor };
  return drawn("text", { x: place.x.toFixed(1), y: place.y.toFixed(1), "text-anchor": anchor, class: found ? null : "roomless", "data-code": code }, text);
}

// What is pointed at or reached is lit with what it is joined to, and told in words.
function walking(picture, told) {
  let order = [], home = null;
  const hint = "Point at a circle or a line to read it. By keyboard: left and right go from circle to circle, down to its lines, up again; Enter opens.";
  told.textContent = hint;
  const node = (code) => [...picture.querySelectorAll(".node")].find((one) => one.dataset.code === code);
  const edgesOf = (code) => [...picture.querySelectorAll(".edge")].toReversed().filter((edge) => edge.dataset.ends.split("|").includes(code));
  const light = (link) => {
    picture.classList.toggle("lit", Boolean(link));
    const codes = !link ? [] : link.dataset.code ? [link.dataset.code] : link.dataset.ends.split("|");
    const edges = !link ? [] : link.dataset.code ? edgesOf(link.dataset.code) : [link];
    const near = new Set([...codes, ...edges.flatMap((edge) => edge.dataset.ends.split("|"))]);
    for (const edge of picture.querySelectorAll(".edge")) edge.classList.toggle("near", edges.includes(edge));
    for (const one of picture.querySelectorAll("[data-code]")) one.classList.toggle("near", near.has(one.dataset.code));
    for (const one of picture.querySelectorAll("text[data-code]")) one.classList.toggle("meant", codes.includes(one.dataset.code));
    told.textContent = link ? link.getAttribute("aria-label") : hint;
  };
  const reach = (link) => {
    if (!link) return;
    for (const one of picture.querySelectorAll("[tabindex='0']")) one.setAttribute("tabindex", -1);
    link.setAttribute("tabindex", 0);
    link.focus();
  };
  const linkOf = (happening) => happening.target.closest?.(".node, .edge");
  picture.addEventListener("pointerover", (happening) => light(linkOf(happening)));
  picture.addEventListener("pointerleave", () => light(picture.contains(document.activeElement) ? document.activeElement : null));
  picture.addEventListener("focusin", (happening) => light(linkOf(happening)));
  picture.addEventListener("focusout", () => light(null));
  picture.addEventListener("keydown", (happening) => {
    const link = linkOf(happening), code = link?.dataset.code;
    const among = code ? order.map(node) : link ? edgesOf(home) : [];
    const place = among.indexOf(link);
    const go = {
      ArrowRight: () => among[(place + 1) % among.length], ArrowLeft: () => among[(place - 1 + among.length) % among.length],
      Home: () => among[0], End: () => among.at(-1),
      ArrowDown: () => { if (code) home = code; return code ? edgesOf(code)[0] : null; }, ArrowUp: () => (code ? null : node(home)), Escape: () => (code ? null : node(home)),
    }[happening.key];
    if (!link || !go || happening.altKey || happening.ctrlKey || happening.metaKey) return;
    happening.preventDefault();
    reach(go());
  });
  return {
    over(codes) {
      order = codes;
      if (codes.length) node(codes[0]).setAttribute("tabindex", 0);
      light(null);
    },
  };
}
