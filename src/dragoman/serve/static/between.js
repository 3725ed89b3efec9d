// Two actors, or one and all: a timeline, the events under it, what they say of each other, what stands between them and what they promised.
import { ask } from "./api.js";
import { bars } from "./bars.js";
import { element } from "./dom.js";
import { go } from "./going.js";
import { eventTable, nameOf, party, placeOf } from "./records.js";
import { tableLinks } from "./saving.js";
import { timeline } from "./timeline.js";

const UNITS = ["year", "quarter", "month", "week"], SHOWN = 50, SAID = 10;

export async function betweenPage(one, other, search) {
  const unit = search.get("by") ?? "month", within = search.get("within") ?? "", period = search.get("period") ?? "";
  const address = (change) => {
    const asked = Object.entries({ by: unit, within, period, ...change }).filter(([name, value]) => value && !(name === "by" && value === "month"));
    return `/between/${[one, other].filter(Boolean).join("/")}${asked.length ? `?${new URLSearchParams(asked)}` : ""}`;
  };
  const form = formOf(one, other, unit, within);
  if (!one) return element("div", {}, element("h1", {}, "Between"), element("p", { class: "quiet" }, "Two countries by their codes, or one and all others."), form);
  const sides = other ? `${one} <-> ${other}` : one;
  const asked = [sides, within].filter(Boolean).join(", "), query = [sides, period || within].filter(Boolean).join(", ");
  const said = other ? [[one, other], [other, one]] : [];
  const [panel, types, events, relations, expectations, ...statements] = await Promise.all([
    ask("panel", { by: unit, query: asked, wide: "quad", score: true, fill: true }), ask("panel", { by: "type,quad", query }), ask("events", { query, limit: SHOWN }),
    ask("relations", { one, other }), ask("expectations", { one, other }), ...said.map(([speaker, towards]) => ask("statements", { speaker, towards, limit: SAID }))]);
  const units = UNITS.map((name) => [" ", name === unit ? element("b", {}, name) : element("a", { href: address({ by: name, period: "" }) }, name)]);
  const narrowed = [[within, "within", { within: "" }], [period, "only", { period: "" }]].filter(([value]) => value).map(([value, word, change]) => [" ", element("a", { class: "chip", href: address(change), "aria-label": `Not ${word} ${value}` }, `${word} ${value} ×`)]);
  const title = `${other ? `${one} and ${other}` : `${one} and all others`}: events by ${unit}`;
  return element("div", {},
    element("h1", {}, other ? `${one} and ${other}` : `${one} and all others`), form,
    element("p", { class: "quiet" }, "by", units, narrowed),
    timeline(panel.rows, { unit, title, query: asked, chosen: search.get("column") ?? period, addressOf: (value) => address({ period: periodOf(value, unit) }),
      onRange: (first, last) => go(address({ within: `${periodOf(first, unit).split("..")[0]}..${periodOf(last, unit).split("..").at(-1)}`, period: "" })) }),
    element("h2", {}, "Events"), eventTable(events.records),
    events.next ? element("p", {}, element("a", { href: `/?${new URLSearchParams({ query })}` }, "All of these events")) : null,
    events.records.length ? [tableLinks(query), bars(types.rows, { title: `${sides.replace("<->", "and")}: events by type`, query })] : null,
    statements.some((found) => found.records.length) ? element("div", { class: "two" }, statements.map((found, place) => quotations(found, ...said[place]))) : null,
    relations.records.length ? [element("h2", {}, "Standing relations"), list(relations.records, relationLine)] : null,
    expectations.records.length ? [element("h2", {}, "Promised and expected"), list(expectations.records, expectationLine)] : null);
}

function formOf(one, other, unit, within) {
  const code = (name, label, value, placeholder) => element("label", {}, label, element("input", { name, value, placeholder, size: 6, maxlength: 3, required: name === "one", autocomplete: "off", spellcheck: "false" }));
  const form = element("form", { class: "ask" }, code("one", "One", one, "JPN"), code("other", "Other, or all", other, "USA"),
    element("label", {}, "Within", element("input", { name: "within", value: within, placeholder: "2024-01..2024-06", size: 18, autocomplete: "off" })), element("button", {}, "Show"));
  form.addEventListener("submit", (happening) => {
    happening.preventDefault();
    const asked = [form.elements.one.value, form.elements.other.value].map((value) => value.trim().toUpperCase()).filter(Boolean);
    const more = new URLSearchParams(Object.entries({ by: unit === "month" ? "" : unit, within: form.elements.within.value.trim() }).filter(([, value]) => value));
    go(`/between/${asked.join("/")}${more.size ? `?${more}` : ""}`);
  });
  return form;
}

// The query language knows days, months and years; a quarter or week is asked for by its first and last day.
function periodOf(value, unit) {
  const text = String(value);
  if (unit === "quarter") {
    const [year, quarter] = text.split("-Q").map(Number);
    return `${year}-${String(quarter * 3 - 2).padStart(2, "0")}..${year}-${String(quarter * 3).padStart(2, "0")}`;
  }
  if (unit === "week" && /^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const last = new Date(`${text}T00:00:00Z`);
    last.setUTCDate(last.getUTCDate() + 6);
    return `${text}..${last.toISOString().slice(0, 10)}`;
  }
  return text;
}

function quotations(found, speaker, towards) {
  const line = (said) => [party(said.speaker), element("span", { class: "quiet" }, ` ${said.polarity === "negated" ? "not " : ""}${said.attitude ?? "says"}`), element("p", { class: "said" }, element("a", { href: placeOf(said) }, said.content.text))];
  return element("section", {}, element("h2", {}, `${speaker} on ${towards}`),
    found.records.length ? element("ul", { class: "plainlist" }, found.records.map((said) => element("li", {}, line(said)))) : element("p", { class: "quiet" }, "Nothing that was coded."),
    found.next ? element("p", {}, element("a", { href: `/search?${new URLSearchParams({ kind: "statement", facet: `country:${speaker}` })}` }, `All statements of ${speaker}`)) : null);
}

const list = (records, line) => element("ul", { class: "plainlist" }, records.slice(0, SHOWN).map((record) => element("li", {}, line(record), " ", element("a", { href: placeOf(record) }, "where"))));
const relationLine = (relation) => [party(relation.from), ` ${relation.kind.replaceAll("_", " ")} `, relation.to ? party(relation.to) : "", relation.title ? ` (${relation.title})` : "", relation.since ? ` since ${relation.since}` : ""];
const expectationLine = (one) => [one.due?.value ? `${one.due.value}: ` : "", nameOf(one.from), one.to ? ` → ${nameOf(one.to)}` : "", ` ${one.type} `, element("span", { class: "quiet" }, `${one.kind ?? ""} ${one.outcome}`)];
