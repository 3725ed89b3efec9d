// Judging: an event with its words, field by field; a key for everything. The address names the event, so that one can come back to it.
import { ask, post } from "./api.js";
import { element } from "./dom.js";
import { codeOf, daysOf, nameOf, typeOf } from "./records.js";
import { readingPage } from "./reading.js";

const KEYS = [
  ["a", "the rest is right, next"], ["n", "no event at all, next"], ["j k", "next, previous field"], ["r w u", "right, wrong, unsure"],
  ["Enter", "keep and go on"], ["Esc", "leave a text field"], ["z", "undo the last judgement"], ["← →", "previous, next event"], ["o", "note"],
];
const HINTS = {
  type: "a type, or none: no event", mode: "modes, or none", aux: "auxiliary modes, or none", status: "reported, claimed, denied",
  date: "2024-11-06, 2024-11, 2024 or none", place: "the place, or none",
  actor: "words (JPN GOV); …, or none", recipient: "words (JPN GOV); …, or none",
};
const OPTIONS = ["right", "wrong", "unsure"];

// The page shows itself anew after a judgement, also where the address stays the same, as after an undo.
export async function auditPage(search) {
  const place = element("div", { class: "audit" });
  const show = async () => {
    place.setAttribute("aria-busy", "true"); // until the next event is there, no key may judge the one before
    try {
      place.replaceChildren(await viewOf(new URLSearchParams(location.search), go));
    } finally {
      place.removeAttribute("aria-busy");
    }
  };
  const go = async (address) => { history.pushState(null, "", address); await show(); scrollTo(0, 0); };
  const back = () => { if (!place.isConnected) removeEventListener("popstate", back); else if (location.pathname === "/audit") show().catch(() => location.reload()); };
  addEventListener("popstate", back);
  place.append(await viewOf(search, go));
  return place;
}

async function viewOf(search, go) {
  let progress;
  try {
    progress = await ask("audit");
  } catch (error) {
    return empty(error.message);
  }
  if (search.get("story")) return readingPage(progress, search.get("story"), go);
  const wanted = search.get("item") ?? nextOf(progress);
  return wanted ? itemPage(progress, await ask(`audit/items/${encodeURIComponent(wanted)}`), go) : donePage(progress);
}

export const nextOf = (progress, after = null) => {
  const judged = new Set(progress.judged), at = progress.items.indexOf(after);
  return [...progress.items.slice(at + 1), ...progress.items.slice(0, at + 1)].find((id) => !judged.has(id));
};
export const nextStoryOf = (progress) => progress.stories.find((id) => !progress.read.includes(id));
export const addressOf = (progress, after) => { const next = nextOf(progress, after); return next ? `/audit?item=${encodeURIComponent(next)}` : "/audit"; };

function empty(message) {
  return element("div", {}, element("h1", {}, "Audit"),
    element("p", { class: "quiet" }, `Not now: ${message}.`),
    element("p", {}, "Draw a sample, then open the reading room with it:"),
    element("pre", { class: "commands" }, "dragoman audit draw events.duckdb --size 200 --by type -o audit.jsonl\ndragoman serve events.duckdb --audit audit.jsonl --judge YOUR-NAME"));
}

function donePage(progress) {
  const story = nextStoryOf(progress);
  return element("div", {}, element("h1", {}, "All events are judged"), bar(progress),
    element("p", {}, "The figures, as a page or as a table:"),
    element("pre", { class: "commands" }, `dragoman audit report ${progress.file} -o report.html\ndragoman audit report ${progress.file} --format csv -o figures.csv`),
    story ? element("p", {}, element("a", { class: "button", href: `/audit?story=${encodeURIComponent(story)}` }, "Read articles for what was missed")) : null,
    progress.items.length ? element("p", {}, element("a", { href: `/audit?item=${encodeURIComponent(progress.judged.at(-1))}` }, "Look at the last judgement again")) : null);
}

export function bar(progress) {
  const events = `${progress.judged.length} of ${progress.items.length} events`;
  const stories = progress.stories.length ? `, ${progress.read.length} of ${progress.stories.length} articles` : "";
  return element("p", { class: "progress" },
    element("progress", { max: progress.items.length || 1, value: progress.judged.length, "aria-label": "Events judged" }),
    element("span", {}, `${events}${stories} judged by ${progress.judge}, in ${progress.file}`));
}

function itemPage(progress, shown, go) {
  const { item, mine } = shown, event = item.event;
  const rows = progress.fields.map((name) => fieldRow(name, event, mine?.fields[name], progress.known[name]));
  const note = element("input", { name: "note", maxlength: 2000, "aria-label": "Note", placeholder: "note" });
  note.value = mine?.note ?? "";
  const problem = element("p", { role: "alert", class: "error", hidden: true });
  const text = passage(shown, event);
  let busy = false;

  const send = async (path, body, after) => {
    if (busy) return;
    busy = true;
    try {
      const now = await post(`audit/${path}`, body);
      await go(after(now));
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    } finally {
      busy = false;
    }
  };
  const keep = (fields) => send("judgements", { item: event.id, fields, note: note.value }, (now) => addressOf(now, event.id));
  const said = () => Object.fromEntries(rows.map((row) => [row.name, row.said()]).filter(([, verdict]) => verdict));
  const undo = () => progress.judged.length && send("withdrawn", { about: progress.judged.at(-1) }, () => `/audit?item=${encodeURIComponent(progress.judged.at(-1))}`);
  const restRight = () => keep({ ...Object.fromEntries(progress.fields.map((name) => [name, { verdict: "right" }])), ...said() });
  const noEvent = () => keep({ type: { verdict: "wrong", should: "none" } });
  const step = (by) => { const id = progress.items[progress.items.indexOf(event.id) + by]; if (id) go(`/audit?item=${encodeURIComponent(id)}`); };
  const focused = () => rows.findIndex((row) => row.shown.contains(document.activeElement));
  const move = (by) => rows[Math.min(rows.length - 1, Math.max(0, focused() + by))].focus();
  const choose = (verdict) => { const at = Math.max(0, focused()); rows[at].choose(verdict); if (verdict !== "wrong") move(1); };
  const keys = {
    a: restRight, n: noEvent, j: () => move(1), k: () => move(-1), r: () => choose("right"), w: () => choose("wrong"), u: () => choose("unsure"),
    Enter: () => keep(said()), z: undo, ArrowLeft: () => step(-1), ArrowRight: () => step(1), o: () => note.focus(),
  };
  for (const row of rows) row.shown.addEventListener("focusin", () => light(text, spansOf(row.name, event)));

  const button = (title, does, plain) => element("button", { type: "button", class: plain ? "plain" : null, onclick: does }, title);
  const page = element("div", {}, element("h1", {}, "Is this right?"), bar(progress), problem,
    element("div", { class: "columns" },
      element("section", { "aria-label": "The words" },
        element("p", { class: "quiet" }, [shown.headline, item.publication, item.published].filter(Boolean).join(" · "), " ", element("a", { href: `/story/${encodeURIComponent(event.article_id)}#${event.id}` }, "whole story")), text,
        event.because.length ? element("details", {}, element("summary", {}, "why the coder thinks so"), element("ul", { class: "because" }, event.because.map((one) => element("li", {}, one)))) : null),
      element("section", { "aria-label": "The record" },
        element("p", {}, typeOf(event)), rows.map((row) => row.shown), note,
        element("p", { class: "actions" }, button("Keep", keys.Enter), button("The rest is right", restRight), button("No event", noEvent), button("Undo", undo, true), button("←", () => step(-1), true), button("→", () => step(1), true)),
        mine ? element("p", { class: "quiet" }, "You have judged this one; what you keep now takes its place.") : null)),
    keyList(KEYS));
  listen(page, keys);
  setTimeout(() => { rows[0].focus(); text.querySelector("[data-trigger]")?.scrollIntoView({ block: "nearest" }); });
  return page;
}

export const keyList = (keys) => element("dl", { class: "keys", "aria-label": "Keys" }, keys.map(([key, does]) => element("div", {}, element("dt", {}, key.split(" ").map((one) => element("kbd", {}, one))), element("dd", {}, does))));

// One listener from when the page is shown until it is not; keys are letters only outside of text fields, and never with Ctrl or Alt.
export function listen(page, keys) {
  const heard = (happening) => {
    if (!page.isConnected) { document.removeEventListener("keydown", heard); return; }
    if (page.closest("[aria-busy]") || happening.ctrlKey || happening.metaKey || happening.altKey) return;
    const at = happening.target, typing = at.matches?.("input:not([type=radio]), textarea, select");
    if (happening.key === "Escape" && typing) { at.blur(); at.closest("fieldset")?.querySelector("input[type=radio]:checked")?.focus(); return; }
    if (typing && (happening.key !== "Enter" || at.matches("textarea"))) return;
    if (happening.key === "Enter" && at.closest?.("button, a, summary")) return;
    const does = keys[happening.key];
    if (!does) return;
    happening.preventDefault();
    does();
  };
  setTimeout(() => document.addEventListener("keydown", heard));
}

function fieldRow(name, event, before, known) {
  const radios = OPTIONS.map((value) => element("input", { type: "radio", name, value, checked: before?.verdict === value }));
  const list = known ? element("datalist", { id: `known-${name}` }, ["none", ...known].map((one) => element("option", { value: one }))) : null;
  const should = element("input", { name: `${name}-should`, list: known ? `known-${name}` : null, placeholder: HINTS[name], "aria-label": `${name} should be`, autocomplete: "off", maxlength: 500 });
  should.value = before?.should ?? "";
  const chosen = () => radios.find((one) => one.checked)?.value;
  const shown = element("fieldset", {}, element("legend", {}, name), element("span", { class: "value" }, valueOf(name, event)),
    element("span", { class: "choices" }, radios.map((one) => element("label", {}, one, ` ${one.value}`))), should, list);
  const update = () => { should.hidden = chosen() !== "wrong"; shown.dataset.verdict = chosen() ?? ""; };
  shown.addEventListener("change", update);
  update();
  return {
    name, shown,
    focus: () => (radios.find((one) => one.checked) ?? radios[0]).focus(),
    choose(value) { for (const one of radios) one.checked = one.value === value; update(); (value === "wrong" ? should : radios.find((one) => one.checked)).focus(); },
    said: () => chosen() && { verdict: chosen(), should: chosen() === "wrong" && should.value.trim() ? should.value.trim() : null },
  };
}

function valueOf(name, event) {
  const people = (side) => side.map((one) => [nameOf(one), codeOf(one) ? ` (${codeOf(one)})` : ""].join("")).join("; ") || "none";
  switch (name) {
    case "type": return event.type;
    case "mode": return event.mode.join(", ") || "none";
    case "aux": return event.aux.join(", ") || "none";
    case "actor": return people(event.actor);
    case "recipient": return people(event.recipient);
    case "date": return event.date ? daysOf(event.date) || `not known (“${event.date.text}”)` : "none";
    case "place": return event.place ? [event.place.name ?? event.place.text, event.place.country].filter(Boolean).join(", ") : "none";
    default: return [event.status, event.attributed_to ? `by ${nameOf(event.attributed_to)}` : ""].filter(Boolean).join(" ");
  }
}

const spanOf = (part) => (part && Number.isInteger(part.start) ? [[part.start, part.end]] : []);
const spansOf = (name, event) => ({ actor: event.actor.flatMap(spanOf), recipient: event.recipient.flatMap(spanOf), date: spanOf(event.date), place: spanOf(event.place), status: spanOf(event.attributed_to) }[name] ?? spanOf(event.trigger));

// Offsets count code points, so the text is cut as an array of them.
function passage(shown, event) {
  const marks = [
    ...event.evidence.flatMap(spanOf).map(([a, b]) => ["sentence", a, b]), ["event", ...spanOf(event.trigger)[0]],
    ...["actor", "recipient", "date", "place", "status"].flatMap((name) => spansOf(name, event).filter(() => name !== "status" || event.attributed_to).map(([a, b]) => [name, a, b])),
  ];
  const first = event.evidence.find((span) => span.start <= event.trigger.start && event.trigger.end <= span.end) ?? event.trigger;
  const [start, points] = shown.text === null ? [first.start, Array.from(first.text)] : [shown.start, Array.from(shown.text)];
  const cuts = [...new Set([start, start + points.length, ...marks.flatMap(([, a, b]) => [a, b])])].filter((cut) => cut >= start && cut <= start + points.length).sort((a, b) => a - b);
  const pieces = cuts.slice(0, -1).map((from, place) => {
    const to = cuts[place + 1], names = marks.filter(([, a, b]) => a <= from && to <= b).map(([name]) => name);
    const classes = [...new Set(names), names.includes("event") ? `q${event.quad}` : ""].filter(Boolean).join(" ");
    return element(names.some((name) => name !== "sentence") ? "mark" : "span", { class: classes || "around", "data-start": from, "data-end": to, "data-trigger": names.includes("event"), title: names.filter((name) => name !== "sentence").join(", ") || null }, points.slice(from - start, to - start).join(""));
  });
  return element("div", { class: "text passage", lang: "en" }, pieces);
}

function light(text, spans) {
  for (const piece of text.querySelectorAll("[data-start]")) piece.classList.toggle("lit", spans.some(([a, b]) => a < Number(piece.dataset.end) && Number(piece.dataset.start) < b));
}
