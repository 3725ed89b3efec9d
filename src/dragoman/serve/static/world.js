// Who deals with whom in a period: pairs of countries by how many events they share.
import { ask } from "./api.js";
import { element } from "./dom.js";

export async function worldPage(search) {
  const query = search.get("query") ?? "";
  const { rows } = await ask("panel", { by: "dyad", query, wide: "quad", score: true, undirected: true });
  const pairs = rows.filter((row) => row.country_a && row.country_b).sort((a, b) => b.events - a.events).slice(0, 100);
  return element("div", {},
    element("h1", {}, "World"),
    element("form", { class: "ask", "data-page": "/world" }, element("label", { class: "wide" }, "Only", element("input", { name: "query", value: query, placeholder: "2024, GOV" })), element("button", {}, "Show")),
    pairs.length ? table(pairs) : element("p", { class: "quiet" }, "No pair of countries deals with each other in these events."));
}

function table(pairs) {
  const head = ["pair", "events", "cooperation", "conflict", "mean score"].map((name, place) => element("th", { scope: "col", class: place ? "number" : null }, name));
  const rows = pairs.map((row) => element("tr", {},
    element("td", {}, element("a", { href: `/between/${row.country_a}/${row.country_b}` }, `${row.country_a} – ${row.country_b}`)),
    [row.events, row.Q1 + row.Q2, row.Q3 + row.Q4, row.score_mean.toFixed(1)].map((value) => element("td", { class: "number" }, value.toLocaleString("en")))));
  return element("div", { class: "scroll" }, element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
}
