// Who deals with whom: a map and a table of the same numbers, over all time or a period, which can be played.
import { ask } from "./api.js";
import { go } from "./going.js";
import { element } from "./dom.js";
import { worldMap } from "./map.js";
import { figure, tableLinks } from "./saving.js";

const ROWS = 50, BEAT = 900; // milliseconds a period is shown
const KEY = [["s0", "conflict"], ["s1", "more conflict"], ["s2", "as much of both"], ["s3", "more cooperation"], ["s4", "cooperation"]];

export async function worldPage(search) {
  const asked = Object.fromEntries(["query", "type", "context", "sector"].map((name) => [name, search.get(name) ?? ""]));
  const by = search.get("by") === "month" ? "month" : "year";
  const query = [asked.query, asked.type && `type:${asked.type}`, asked.context && `context:${asked.context}`, asked.sector].filter(Boolean).join(", ");
  const [world, terms] = await Promise.all([ask("world", { query, by }), ask("codebook/terms")]);
  const choice = (name, label, values) => element("label", {}, label, element("select", { name }, element("option", { value: "" }, "any"), values.map((value) => element("option", { value, selected: value === asked[name] }, value.replaceAll("_", " ")))));
  const form = element("form", { class: "ask", "data-page": "/world" },
    element("label", { class: "wide" }, "Only", element("input", { name: "query", value: asked.query, placeholder: "2024, not historical", autocomplete: "off", spellcheck: "false" })),
    choice("type", "Type", terms.types), choice("context", "Context", terms.contexts), choice("sector", "Sector", terms.sectors),
    element("label", {}, "Period", element("select", { name: "by" }, ["year", "month"].map((unit) => element("option", { value: unit, selected: unit === by }, unit)))),
    element("button", {}, "Show"));
  const page = element("div", {}, element("h1", {}, "World"), form);
  if (!world.pairs.length) page.append(element("p", { class: "quiet" }, "No pair of countries deals with each other in these events. Ask for fewer things at once."));
  else page.append(...shown(world, query, search));
  return page;
}

function shown(world, query, search) {
  const map = worldMap((code) => go(`/between/${code}`), (one, other) => go(`/between/${one}/${other}`));
  const frames = ["all time", ...world.periods];
  let at = Math.max(0, frames.indexOf(search.get("at")));
  const slider = element("input", { type: "range", min: 0, max: frames.length - 1, value: at, "aria-label": "Period" });
  const when = element("output", { class: "when" });
  const play = element("button", { type: "button", class: "plain" }, "Play");
  const below = element("div", {});
  let playing = 0;

  function show() {
    const period = at ? frames[at] : "";
    const countries = new Map(world.countries.map(({ country, cells }) => [country, cellAt(cells, at)]));
    const pairs = world.pairs.map(({ one, other, cells }) => ({ one, other, cell: cellAt(cells, at) })).filter(({ cell }) => cell[0] + cell[1]).sort((a, b) => b.cell[0] + b.cell[1] - a.cell[0] - a.cell[1]);
    map.show(countries, pairs, frames[at]);
    when.textContent = frames[at];
    slider.setAttribute("aria-valuetext", frames[at]);
    below.replaceChildren(table(pairs, frames[at]), tableLinks([query, period].filter(Boolean).join(", "), { by: "dyad", wide: "quad", score: true, undirected: true }));
  }
  function stop() { clearInterval(playing); playing = 0; play.textContent = "Play"; }
  function move(to) {
    at = to;
    slider.value = at;
    show();
    const address = new URLSearchParams(location.search);
    at ? address.set("at", frames[at]) : address.delete("at");
    history.replaceState(null, "", `${location.pathname}${address.size ? `?${address}` : ""}`);
  }
  slider.addEventListener("input", () => { stop(); move(Number(slider.value)); });
  play.addEventListener("click", () => {
    if (playing) return stop();
    play.textContent = "Pause";
    if (at === frames.length - 1) move(Math.min(1, at));
    playing = setInterval(() => {
      if (!slider.isConnected || at >= frames.length - 1) return stop();
      move(at + 1);
    }, BEAT);
  });
  show();
  const key = KEY.map(([shade, name]) => element("span", { class: "key" }, element("i", { class: shade }), name));
  const controls = element("div", { class: "player" }, frames.length > 2 ? [play, slider] : null, when);
  return [controls, figure(map.picture, [key, `lines: the pairs with the most events; source: dragoman${query ? `, ${query}` : ""}`], { title: "Cooperation and conflict between countries", query }), below];
}

// Cells are [period, cooperation, conflict, sum of scores]; the first frame is all of them, also those without a date.
function cellAt(cells, frame) {
  const chosen = frame ? cells.filter(([period]) => period === frame - 1) : cells;
  return chosen.reduce(([up, down, score], [, more, less, sum]) => [up + more, down + less, score + sum], [0, 0, 0]);
}

function table(pairs, when) {
  const head = ["pair", "events", "cooperation", "conflict", "mean score"].map((name, place) => element("th", { scope: "col", class: place ? "number" : null }, name));
  const rows = pairs.slice(0, ROWS).map(({ one, other, cell: [up, down, score] }) => element("tr", {},
    element("td", {}, element("a", { href: `/between/${one}/${other}` }, one === other ? `within ${one}` : `${one} – ${other}`)),
    [up + down, up, down, (score / (up + down)).toFixed(1)].map((value) => element("td", { class: "number" }, value.toLocaleString("en")))));
  const caption = `The ${pairs.length === 1 ? "1 pair" : `${Math.min(ROWS, pairs.length)} pairs`} with the most events, ${when}${pairs.length > ROWS ? `, of ${pairs.length}` : ""}`;
  return element("div", { class: "scroll" }, element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
}
