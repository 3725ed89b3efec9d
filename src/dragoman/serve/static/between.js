// Two actors, or one and all: a timeline, the events under it, what they say of each other, what stands between them and what they promised.
import { ask } from "./api.js";
import { bars } from "./bars.js";
import { element } from "./dom.js";
import { orWhy } from "./failing.js";
import { go } from "./going.js";
import { allCountries, calledOf, capital, codeFrom, pairOf, withinText } from "./names.js";
import { daysOf, eventTable, party, placeOf } from "./records.js";
import { savedAs, tableLinks } from "./saving.js";
import { timeline } from "./timeline.js";

const UNITS = ["year", "quarter", "month", "week"], SHOWN = 50, SAID = 10, FILES = ["csv", "parquet", "jsonl"];

export async function betweenPage(one, other, search) {
  const unit = search.get("by") ?? "month", within = search.get("within") ?? "", period = search.get("period") ?? "";
  const form = formOf(one, other, unit, within);
  if (!one) return element("div", {}, element("h1", {}, "Between"), element("p", { class: "quiet" }, "Two countries by name or code, or one and all others; with a sector, such as JPN GOV, an actor."), form);
  const name = other ? pairOf(one, other) : `${capital(withinText(one))} and all others`;
  return element("div", {}, element("h1", {}, name), form, await orWhy(() => shown(one, other, { unit, within, period, name })));
}

async function shown(one, other, { unit, within, period, name }) {
  const address = (change) => {
    const asked = Object.entries({ by: unit, within, period, ...change }).filter(([key, value]) => value && !(key === "by" && value === "month"));
    return `/between/${[one, other].filter(Boolean).map(encodeURIComponent).join("/")}${asked.length ? `?${new URLSearchParams(asked)}` : ""}`;
  };
  const sides = other ? `${one} <-> ${other}` : one;
  const asked = [sides, within].filter(Boolean).join(", "), query = [sides, period || within].filter(Boolean).join(", ");
  const said = other ? [[one, other], [other, one]] : [];
  const [panel, types, events, relations, ...statements] = await Promise.all([
    ask("panel", { by: unit, query: asked, wide: "quad", score: true, fill: true }), ask("panel", { by: "type,quad", query }), ask("events", { query, limit: SHOWN }),
    ask("relations", { one, other, limit: SHOWN }), ...said.map(([speaker, towards]) => ask("statements", { speaker, towards, limit: SAID }))]);
  const units = UNITS.map((value) => [" ", value === unit ? element("b", {}, value) : element("a", { href: address({ by: value, period: "" }) }, value)]);
  const narrowed = [[within, "within", { within: "" }], [period, "only", { period: "" }]].filter(([value]) => value).map(([value, word, change]) => [" ", element("a", { class: "chip", href: address(change), "aria-label": `Not ${word} ${value}` }, `${word} ${value} ×`)]);
  return element("div", {},
    element("p", { class: "quiet" }, "by", units, narrowed),
    timeline(panel.rows, { unit, title: `${name}: events by ${unit}`, query: asked, isChosen: (value) => periodOf(value, unit) === period, addressOf: (value) => address({ period: periodOf(value, unit) }),
      onRange: (first, last) => go(address({ within: `${periodOf(first, unit).split("..")[0]}..${periodOf(last, unit).split("..").at(-1)}`, period: "" })) }),
    element("h2", {}, "Events"), eventTable(events.records),
    events.next ? element("p", {}, element("a", { href: `/?${new URLSearchParams({ query })}` }, "All of these events")) : null,
    events.records.length ? [tableLinks(query), bars(types.rows, { title: `${name}: events by type`, query })] : null,
    statements.some((found) => found.records.length) ? element("div", { class: "two" }, statements.map((found, place) => quotations(found, ...said[place]))) : null,
    listed("Standing relations", "relations", relations, { one, other }, relationLine),
    promised({ one, other }));
}

// What became of promises is looked up in all that is told later, so the page is shown before.
function promised(sides) {
  const place = element("div", { "aria-busy": "true" }, element("p", { class: "quiet" }, "Looking up what became of promises."));
  orWhy(async () => {
    const found = await ask("expectations", { ...sides, limit: SHOWN });
    return listed("Promised and expected", "expectations", found, sides, expectationLine, `What became of it, by the articles up to ${found.as_of}.`);
  }).then((section) => { place.replaceChildren(...[section].filter(Boolean)); place.removeAttribute("aria-busy"); });
  return place;
}

function formOf(one, other, unit, within) {
  const side = (name, label, value, placeholder) => element("label", {}, label, element("input", { name, value: value && calledOf(value), placeholder, size: 18, maxlength: 80, required: name === "one", list: "countries", autocomplete: "off", spellcheck: "false" }));
  const form = element("form", { class: "ask" }, side("one", "One", one, "Japan"), side("other", "Other, or all", other, "USA"),
    element("label", {}, "Within", element("input", { name: "within", value: within, placeholder: "2024-01..2024-06", size: 18, autocomplete: "off" })),
    element("datalist", { id: "countries" }, allCountries().map((value) => element("option", { value }))), element("button", {}, "Show"));
  form.addEventListener("submit", (happening) => {
    happening.preventDefault();
    const asked = [form.elements.one.value, form.elements.other.value].map(codeFrom).filter(Boolean);
    const more = new URLSearchParams(Object.entries({ by: unit === "month" ? "" : unit, within: form.elements.within.value.trim() }).filter(([, value]) => value));
    go(`/between/${asked.map(encodeURIComponent).join("/")}${more.size ? `?${more}` : ""}`);
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
  if (unit === "week") {
    const [year, week] = text.split("-W").map(Number);
    const fourth = new Date(Date.UTC(year, 0, 4)); // always in the first week, which begins on a Monday
    const day = (shift) => new Date(fourth.getTime() + shift * 86_400_000).toISOString().slice(0, 10);
    const monday = (week - 1) * 7 - ((fourth.getUTCDay() + 6) % 7);
    return `${day(monday)}..${day(monday + 6)}`;
  }
  return text;
}

function quotations(found, speaker, towards) {
  const line = (said) => [party(said.speaker), element("span", { class: "quiet" }, ` ${said.polarity === "negated" ? "not " : ""}${said.attitude ?? "says"}`), element("p", { class: "said" }, element("a", { href: placeOf(said) }, said.content.text))];
  const title = `${capital(withinText(speaker))} on ${withinText(towards)}`;
  if (!found.records.length) return element("section", {}, element("h2", {}, title), element("p", { class: "quiet" }, "Nothing that was coded."));
  return element("section", {}, element("h2", {}, title), element("ul", { class: "plainlist" }, found.records.map((said) => element("li", {}, line(said)))),
    found.next ? element("p", { class: "quiet small" }, `The first ${SAID}; a file has all.`) : null, savedAs("statements", { speaker, towards }, FILES, `“${title}”`));
}

function listed(title, path, found, sides, line, note = "") {
  if (!found.records.length) return null;
  return element("section", {}, element("h2", {}, title), note ? element("p", { class: "quiet small" }, note) : null, element("ul", { class: "plainlist" }, found.records.map((record) => element("li", {}, line(record)))),
    found.next ? element("p", { class: "quiet small" }, `The first ${SHOWN}; a file has all.`) : null, savedAs(path, sides, FILES, `“${title}”`));
}

const where = (record, words) => element("a", { href: placeOf(record) }, words);
const relationLine = (one) => [party(one.from), " ", where(one, one.kind.replaceAll("_", " ")), " ", one.to ? party(one.to) : "", element("span", { class: "quiet" }, [one.title, one.since && `since ${one.since}`, one.until && `until ${one.until}`].filter(Boolean).map((part) => ` · ${part}`))];
const expectationLine = (one) => [element("span", { class: `outcome ${one.outcome}` }, one.outcome), " ", decided(one), party(one.from), one.to ? [" → ", party(one.to)] : "",
  element("span", { class: "quiet" }, [one.kind, one.type, one.due && `due ${daysOf(one.due) || one.due.text}`].filter(Boolean).map((part) => ` · ${part}`)),
  element("p", { class: "said" }, where(one, one.evidence[0]?.text ?? one.trigger?.text ?? one.type)),
  one.told ? element("p", { class: "quiet small" }, "Told: ", one.told) : null];
// The day, and where it is told: the event, or the story whose words say so.
const decided = ({ decided: day, told_in: story, met_by: event }) => (day ? [story ? element("a", { href: `/story/${encodeURIComponent(story)}${event ? `#${encodeURIComponent(event)}` : ""}` }, `on ${day}`) : `on ${day}`, " "] : "");
