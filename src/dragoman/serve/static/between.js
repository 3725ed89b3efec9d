// Two actors, or one and all: a timeline, the events under it, what stands between them and what they promised.
import { ask } from "./api.js";
import { element } from "./dom.js";
import { eventTable, nameOf, party, placeOf } from "./records.js";
import { timeline } from "./timeline.js";

export async function betweenPage(one, other, search) {
  const form = element("form", { class: "ask" },
    element("label", {}, "One", element("input", { name: "one", value: one, placeholder: "JPN", size: 6, maxlength: 3, required: true })),
    element("label", {}, "Other, or all", element("input", { name: "other", value: other, placeholder: "USA", size: 6, maxlength: 3 })),
    element("button", {}, "Show"));
  form.addEventListener("submit", (happening) => {
    happening.preventDefault();
    const asked = [form.elements.one.value, form.elements.other.value].map((code) => code.trim().toUpperCase()).filter(Boolean);
    import("./app.js").then((app) => app.go(`/between/${asked.join("/")}`));
  });
  if (!one) return element("div", {}, element("h1", {}, "Between"), element("p", { class: "quiet" }, "Two countries by their codes, or one and all others."), form);
  const unit = search.get("by") ?? "month", period = search.get("period") ?? "";
  const sides = other ? `${one} <-> ${other}` : one;
  const query = period ? `${sides}, ${period}` : sides;
  const [panel, events, relations, expectations] = await Promise.all([
    ask("panel", { by: unit, query: sides, wide: "quad", fill: true }), ask("events", { query, limit: 100 }),
    ask("relations", { one, other }), ask("expectations", { one, other })]);
  const address = (parameters) => `/between/${[one, other].filter(Boolean).join("/")}?${new URLSearchParams(parameters)}`;
  const units = ["year", "quarter", "month", "week"].map((name) => [" ", name === unit ? element("b", {}, name) : element("a", { href: address({ by: name }) }, name)]);
  return element("div", {},
    element("h1", {}, other ? `${one} and ${other}` : `${one} and all others`), form,
    element("p", { class: "quiet" }, "by", units, period ? [" · only ", period, " ", element("a", { href: address({ by: unit }) }, "show all")] : null),
    timeline(panel.rows, { unit, chosen: period, source: `dragoman, ${sides}`, addressOf: (value) => address({ by: unit, period: periodOf(value, unit) }) }),
    relations.records.length ? [element("h2", {}, "Standing relations"), list(relations.records, relationLine)] : null,
    expectations.records.length ? [element("h2", {}, "Promised and expected"), list(expectations.records, expectationLine)] : null,
    element("h2", {}, "Events"), eventTable(events.records));
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

const list = (records, line) => element("ul", {}, records.slice(0, 50).map((record) => element("li", {}, line(record), " ", element("a", { href: placeOf(record) }, "where"))));
const relationLine = (relation) => [party(relation.from), ` ${relation.kind.replaceAll("_", " ")} `, relation.to ? party(relation.to) : "", relation.title ? ` (${relation.title})` : "", relation.since ? ` since ${relation.since}` : ""];
const expectationLine = (one) => [one.due?.value ? `${one.due.value}: ` : "", nameOf(one.from), one.to ? ` → ${nameOf(one.to)}` : "", ` ${one.type} `, element("span", { class: "quiet" }, `${one.kind ?? ""} ${one.outcome}`)];
