// Who deals with whom: a map or a network and tables of the same numbers, over all time or a period, which can be played.
import { ask } from "./api.js";
import { element } from "./dom.js";
import { orWhy } from "./failing.js";
import { go } from "./going.js";
import { worldMap } from "./map.js";
import { calledOf } from "./names.js";
import { eventsOf, networkOf, SCORES } from "./network.js";
import { signed } from "./records.js";
import { figure, tableLinks } from "./saving.js";

const ROWS = 50, BEAT = 900; // milliseconds a period is shown
const SHARES = [["s0", "conflict"], ["s1", "more conflict"], ["s2", "as much of both"], ["s3", "more cooperation"], ["s4", "cooperation"]];
const TOPS = [25, 50, 100, 200, 300];
const ASKED = ["query", "within", "type", "context", "sector"];

export async function worldPage(search) {
  const asked = Object.fromEntries(ASKED.map((name) => [name, search.get(name) ?? ""]));
  const view = search.get("view") === "network" ? "network" : "map", by = search.get("by") === "month" ? "month" : "year";
  const of = view === "network" && search.get("of") === "actor" ? "actor" : "country";
  const top = TOPS.find((number) => String(number) === search.get("top")) ?? 50;
  const query = [asked.query, asked.within, asked.type && `type:${asked.type}`, asked.context && `context:${asked.context}`, asked.sector].filter(Boolean).join(", ");
  const page = element("div", {}, element("h1", {}, "World"), tabsOf(view, search), formOf(asked, { view, by, of, top }, await ask("codebook/terms")));
  page.append(await orWhy(async () => {
    const world = await ask("world", { query, by, of });
    const noun = of === "actor" ? "actors" : "countries";
    if (!world.pairs.length) return element("p", { class: "quiet" }, `No two ${noun} deal with each other in these events. Ask for fewer things at once, or for another period.`);
    return element("div", {}, shown(world, { view, of, by, top, query, noun, within: asked.within }, search));
  }));
  return page;
}

function tabsOf(view, search) {
  const address = (name) => {
    const asked = new URLSearchParams(search);
    name === "map" ? ["view", "of", "top"].forEach((one) => asked.delete(one)) : asked.set("view", name);
    return `/world${asked.size ? `?${asked}` : ""}`;
  };
  return element("nav", { class: "tabs", "aria-label": "How it is shown" }, [["map", "Map"], ["network", "Network"]].map(([name, title]) => element("a", { href: address(name), "aria-current": name === view ? "true" : null }, title)));
}

function formOf(asked, { view, by, of, top }, terms) {
  const select = (name, label, options, chosen) => element("label", {}, label, element("select", { name }, options.map(([value, title]) => element("option", { value, selected: value === chosen }, title))));
  const choice = (name, label, values) => select(name, label, [["", "any"], ...values.map((value) => [value, value.replaceAll("_", " ")])], asked[name]);
  const input = (name, label, size, placeholder) => element("label", { class: size ? null : "wide" }, label, element("input", { name, value: asked[name], placeholder, size, autocomplete: "off", spellcheck: "false" }));
  return element("form", { class: "ask", "data-page": "/world" },
    view === "network" ? element("input", { type: "hidden", name: "view", value: view }) : null,
    input("query", "Only", null, "USA, not historical"), input("within", "Within", 16, "2024-01..2024-06"),
    choice("type", "Type", terms.types), choice("context", "Context", terms.contexts), choice("sector", "Sector", terms.sectors),
    select("by", "By", [["year", "year"], ["month", "month"]], by),
    view === "network" ? [select("of", "Of", [["country", "countries"], ["actor", "actors"]], of), select("top", "Pairs", TOPS.map((number) => [String(number), String(number)]), String(top))] : null,
    element("button", {}, "Show"));
}

function shown(world, { view, of, by, top, query, noun, within }, search) {
  const frames = ["all time", ...world.periods];
  const pairs = view === "network" ? world.pairs.slice(0, top) : world.pairs;
  let at = Math.max(0, frames.indexOf(search.get("at")));
  const between = (...codes) => {
    const period = [within, at ? frames[at] : ""].filter(Boolean).join(", ");
    return `/between/${codes.map(encodeURIComponent).join("/")}${period ? `?${new URLSearchParams({ within: period })}` : ""}`;
  };
  const picture = view === "network" ? networkOf(pairs.map((pair) => ({ ...pair, cell: cellAt(pair.cells, 0) })), between, of) : worldMap((code) => go(between(code)), (one, other) => go(between(one, other)));
  const mostOfAll = mostOf(world, true), mostOfPeriods = mostOf(world, false);
  const slider = element("input", { type: "range", min: 0, max: frames.length - 1, value: at, "aria-label": "Period" });
  const when = element("output", { class: "when" });
  const play = element("button", { type: "button", class: "plain" }, "Play");
  const below = element("div", {});
  let playing = 0;
  const askedNow = () => [query, at ? frames[at] : ""].filter(Boolean).join(", ");

  function show() {
    const nodes = new Map(world.nodes.map(({ code, cells }) => [code, cellAt(cells, at)]).filter(([, cell]) => eventsOf(cell)));
    const now = pairs.map(({ one, other, cells }) => ({ one, other, cell: cellAt(cells, at) })).filter(({ cell }) => eventsOf(cell)).sort((a, b) => eventsOf(b.cell) - eventsOf(a.cell));
    picture.show({ nodes, pairs: now, when: frames[at], most: at ? mostOfPeriods : mostOfAll });
    when.textContent = frames[at];
    slider.setAttribute("aria-valuetext", frames[at]);
    const counts = { by: "dyad", wide: "quad", score: true, undirected: true, ...(of === "actor" ? { roles: true } : {}) };
    below.replaceChildren(
      element("div", { class: "two" }, pairTable(now, frames[at], view === "network" ? top : ROWS, between), nodeTable(nodes, frames[at], noun, between)),
      tableLinks(askedNow(), counts));
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
  const controls = element("div", { class: "player" }, frames.length > 2 ? [play, slider] : null, when);
  const counted = `${pairs.length === 1 ? "the pair" : `the ${pairs.length} pairs`} with the most events of all time`;
  const drawing = view === "network"
    ? figure(picture.box, { name: "network", title: `Who deals with whom: ${noun}`, query, now: askedNow, key: SCORES, says: `mean score of the events, from −10 to 10; width and size: number of events; ${counted}` })
    : figure(picture.picture, { name: "map", title: "Cooperation and conflict between countries", query, now: askedNow, key: SHARES, says: "countries and lines by the share of cooperation in their events; lines: the 40 pairs with the most events, their width the number of events" });
  return [controls, drawing, below];
}

// Cells are [period, cooperation, conflict, sum of scores]; the first frame is all of them, also those without a date.
function cellAt(cells, frame) {
  const chosen = frame ? cells.filter(([period]) => period === frame - 1) : cells;
  return chosen.reduce(([up, down, score], [, more, less, sum]) => [up + more, down + less, score + sum], [0, 0, 0]);
}

// The most events of all time, and in any period: a width means the same in each.
function mostOf(world, inAll) {
  const counts = ({ cells }) => (inAll ? [eventsOf(cellAt(cells, 0))] : cells.filter(([period]) => period !== null).map(([, up, down]) => up + down));
  const most = (groups) => Math.max(1, ...groups.flatMap(counts));
  return { pair: most(world.pairs.filter(({ one, other }) => one !== other)), node: most(world.nodes) };
}

const COLUMNS = ["events", "cooperation", "conflict", "mean score"];

function tableOf(caption, first, rows) {
  const head = [first, ...COLUMNS].map((name, place) => element("th", { scope: "col", class: place ? "number" : null }, name));
  const body = rows.map(([name, [up, down, score]]) => element("tr", {}, element("th", { scope: "row" }, name),
    [up + down, up, down].map((value) => element("td", { class: "number" }, value.toLocaleString("en"))), element("td", { class: "number" }, signed(score / (up + down)))));
  return element("div", { class: "scroll" }, element("table", { class: "counts" }, element("caption", {}, caption), element("thead", {}, element("tr", {}, head)), element("tbody", {}, body)));
}

const coded = (...codes) => element("span", { class: "code" }, codes.join(" "));

function pairTable(pairs, when, most, between) {
  if (!pairs.length) return element("p", { class: "quiet" }, `None of these pairs has an event in ${when}.`);
  const rows = pairs.slice(0, most).map(({ one, other, cell }) => [
    [element("a", { href: one === other ? between(one) : between(one, other) }, one === other ? `within ${calledOf(one)}` : `${calledOf(one)} – ${calledOf(other)}`), " ", one === other ? coded(one) : coded(one, other)], cell]);
  const caption = `The ${pairs.length === 1 ? "1 pair" : `${Math.min(most, pairs.length)} pairs`} with the most events, ${when}${pairs.length > most ? `, of ${pairs.length}` : ""}`;
  return tableOf(caption, "pair", rows);
}

function nodeTable(nodes, when, noun, between) {
  const ordered = [...nodes].sort(([a, one], [b, other]) => eventsOf(other) - eventsOf(one) || (a < b ? -1 : 1)).slice(0, ROWS);
  if (!ordered.length) return null;
  const rows = ordered.map(([code, cell]) => [[element("a", { href: between(code) }, calledOf(code)), " ", coded(code)], cell]);
  const caption = `${noun[0].toUpperCase()}${noun.slice(1)} by number of events, ${when}${nodes.size > ROWS ? `: ${ROWS} of ${nodes.size}` : ""}`;
  return tableOf(caption, noun === "actors" ? "actor" : "country", rows);
}
