// Full text: articles or statements, with facets; what is asked for is all in the address.
import { ask } from "./api.js";
import { element } from "./dom.js";
import { orWhy } from "./failing.js";
import { calledOf } from "./names.js";
import { placeOf } from "./records.js";
import { savedAs } from "./saving.js";

const NAMES = { type: "Event type", country: "Country", context: "Context", publication: "Publication", year: "Year", speaker: "Speaker", attitude: "Attitude" };

export async function searchPage(search) {
  const q = search.get("q") ?? "", kind = search.get("kind") ?? "article", chosen = search.getAll("facet");
  const address = (change) => {
    const asked = { q, kind: kind === "article" ? "" : kind, facet: chosen, ...change };
    const flat = Object.entries(asked).flatMap(([name, value]) => [value].flat().filter(Boolean).map((one) => [name, one]));
    return `/search?${new URLSearchParams(flat)}`;
  };
  const tabs = [["article", "Articles"], ["statement", "Statements"]].map(([name, title]) =>
    element("a", { href: address({ kind: name === "article" ? "" : name, facet: [] }), "aria-current": name === kind ? "true" : null }, title));
  return element("div", {},
    element("h1", {}, "Search"),
    element("form", { class: "ask", "data-page": "/search", role: "search" },
      element("label", { class: "wide" }, "Words", element("input", { name: "q", type: "search", value: q, placeholder: "ceasefire \"grain deal\" -Doha", autocomplete: "off", "aria-describedby": "how" })),
      kind === "article" ? null : element("input", { type: "hidden", name: "kind", value: kind }),
      element("button", {}, "Search")),
    element("p", { class: "quiet small", id: "how" }, "All words must be there; \u201ctwo words\u201d is a phrase, cease* a beginning, -word leaves out, or stands between alternatives."),
    element("nav", { class: "tabs", "aria-label": "What is searched" }, tabs),
    await orWhy(async () => foundOf(await ask("search", { q, kind, facet: chosen, cursor: search.get("cursor") }), { q, kind, chosen, address })));
}

function foundOf(found, { q, kind, chosen, address }) {
  const noun = kind === "article" ? ["article", "articles"] : ["statement", "statements"];
  return element("div", {},
    found.trouble ? element("p", { class: "error", role: "alert" }, found.trouble) : null,
    found.waiting ? element("p", { class: "quiet" }, `${found.waiting.toLocaleString("en")} articles are still being indexed.`) : null,
    element("div", { class: "facetted" },
      element("section", { "aria-label": "Found" },
        element("p", { class: "quiet" }, `${found.count.toLocaleString("en")} ${noun[found.count === 1 ? 0 : 1]}${found.count < 2 ? "" : q ? ", best first" : ", newest first"}`,
          chosen.map((one) => [" ", element("a", { class: "chip", href: address({ facet: chosen.filter((other) => other !== one) }), "aria-label": `Without ${one}` }, shownOf(...one.split(/:(.*)/s)), " ×")])),
        found.records.length ? element("ol", { class: "hits" }, found.records.map((hit) => hitLine(hit, kind))) : element("p", { class: "quiet" }, "Nothing found. Try fewer or shorter words, or take a choice away."),
        found.count ? savedAs("search", { q, kind, facet: chosen }, ["csv", "parquet"], noun[1]) : null,
        found.next ? element("p", {}, element("a", { href: address({ cursor: found.next }) }, "Next page")) : null),
      element("aside", { "aria-label": "Narrow down" }, Object.entries(found.facets).map(([name, values]) => facetList(name, values, chosen, address)))));
}

const shownOf = (name, value) => (name === "country" ? calledOf(value) : value);

const pieces = (some) => some.map((piece) => (piece.hit ? element("mark", { class: "hit" }, piece.text) : piece.text));

function hitLine(hit, kind) {
  const href = kind === "article" ? `/story/${encodeURIComponent(hit.article_id)}` : placeOf(hit);
  const told = [hit.day ?? "no date", hit.publication].filter(Boolean).join(" · ");
  const title = hit.title.length ? pieces(hit.title) : kind === "article" ? hit.article_id : "Nobody named";
  return element("li", {}, element("a", { class: "title", href }, title), element("p", { class: "quiet small" }, told), element("p", { class: "said" }, pieces(hit.snippet)));
}

function facetList(name, values, chosen, address) {
  if (!values.length) return null;
  return element("details", { open: true }, element("summary", {}, NAMES[name] ?? name), element("ul", { class: "facet" }, values.map(({ value, count }) => {
    const one = `${name}:${value}`, on = chosen.includes(one);
    const facet = on ? chosen.filter((other) => other !== one) : [...chosen, one];
    return element("li", {}, element("a", { href: address({ facet }), "aria-current": on ? "true" : null }, shownOf(name, value)), element("span", { class: "number quiet" }, count.toLocaleString("en")));
  })));
}
