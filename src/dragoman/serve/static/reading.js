// An article read whole: which of its events are right, and which are missing. Words that are marked become a missed event.
import { ask, post } from "./api.js";
import { bar, keyList, listen, nextStoryOf } from "./audit.js";
import { element } from "./dom.js";
import { parties, typeOf } from "./records.js";

const KEYS = [["j k", "next, previous event"], ["r w", "right, wrong"], ["m", "missed: the marked words, or a new line"], ["Enter", "keep and go on"], ["z", "undo the last article"]];

export async function readingPage(progress, id, go) {
  const shown = await ask(`audit/stories/${encodeURIComponent(id)}`);
  const events = [...shown.events].sort((a, b) => a.trigger.start - b.trigger.start);
  const rows = events.map((event) => eventRow(event, shown.mine));
  const missed = element("div", { class: "missed" });
  const text = element("div", { class: "text", lang: "en" }, pieces(shown.text ?? "", events));
  const problem = element("p", { role: "alert", class: "error", hidden: true });
  const addMissed = (words = "", type = "") => { const row = missedRow(words, type, progress.known.type); missed.append(row); row.querySelector(words ? "select" : "input").focus(); };
  for (const one of shown.mine?.missed ?? []) missed.append(missedRow(one.text, one.type ?? "", progress.known.type));

  const send = async (path, body, after) => {
    try {
      await go(after(await post(`audit/${path}`, body)));
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  };
  const keep = () => {
    const open = rows.find((row) => !row.chosen());
    if (open) { problem.textContent = "Say of each event whether it is right: type, actor and recipient."; problem.hidden = false; open.focus(); return; }
    const of = (verdict) => rows.filter((row) => row.chosen() === verdict).map((row) => row.id);
    const found = [...missed.children].map((row) => ({ text: row.querySelector("input").value.trim(), type: row.querySelector("select").value || null })).filter((one) => one.text);
    const after = (now) => { const next = nextStoryOf(now); return next ? `/audit?story=${encodeURIComponent(next)}` : "/audit"; };
    send("readings", { article_id: id, right: of("right"), wrong: of("wrong"), missed: found }, after);
  };
  const undo = () => progress.read.length && send("withdrawn", { about: progress.read.at(-1) }, () => `/audit?story=${encodeURIComponent(progress.read.at(-1))}`);
  const focused = () => rows.findIndex((row) => row.shown.contains(document.activeElement));
  const move = (by) => rows.length && rows[Math.min(rows.length - 1, Math.max(0, focused() + by))].focus();
  const choose = (verdict) => { if (rows.length) { rows[Math.max(0, focused())].choose(verdict); move(1); } };
  const marked = () => { const selection = getSelection(); return selection && text.contains(selection.anchorNode) ? String(selection).trim().slice(0, 2000) : ""; };
  const button = (title, does, plain) => element("button", { type: "button", class: plain ? "plain" : null, onclick: does }, title);
  const page = element("div", {}, element("h1", {}, "What does this article tell?"), bar(progress), problem,
    element("div", { class: "columns" },
      element("section", { "aria-label": "The article" }, element("p", { class: "quiet" }, shown.story.headline ?? id), shown.text === null ? element("p", { class: "error" }, "This article was stored without its text.") : text),
      element("section", { "aria-label": "Its events" },
        element("h2", {}, `Coded (${rows.length})`), rows.length ? rows.map((row) => row.shown) : element("p", { class: "quiet" }, "Nothing was coded."),
        element("h2", {}, "Missed"), element("p", { class: "quiet" }, "Mark the words of an event that is not coded, then press m."), missed,
        element("p", { class: "actions" }, button("Keep", keep), button("Add a missed event", () => addMissed(marked())), button("Undo", undo, true)))),
    keyList(KEYS));
  listen(page, { j: () => move(1), k: () => move(-1), r: () => choose("right"), w: () => choose("wrong"), m: () => addMissed(marked()), Enter: keep, z: undo });
  setTimeout(() => rows[0]?.focus());
  return page;
}

function eventRow(event, mine) {
  const before = mine?.wrong.includes(event.id) ? "wrong" : mine?.right.includes(event.id) ? "right" : "";
  const radios = ["right", "wrong"].map((value) => element("input", { type: "radio", name: event.id, value, checked: value === before }));
  const label = `${event.type}, “${event.trigger.text}”`;
  const shown = element("fieldset", { "data-verdict": before }, element("legend", {}, label),
    element("span", { class: "value" }, typeOf(event), " ", parties(event.actor), event.recipient.length ? [" → ", parties(event.recipient)] : null),
    element("span", { class: "choices" }, radios.map((one) => element("label", {}, one, ` ${one.value}`))));
  const chosen = () => radios.find((one) => one.checked)?.value;
  shown.addEventListener("change", () => { shown.dataset.verdict = chosen(); });
  return { id: event.id, shown, chosen, focus: () => (radios.find((one) => one.checked) ?? radios[0]).focus(), choose(value) { for (const one of radios) one.checked = one.value === value; shown.dataset.verdict = value; } };
}

function missedRow(words, type, types) {
  const input = element("input", { "aria-label": "Words of the missed event", maxlength: 2000, placeholder: "its words" });
  input.value = words;
  const select = element("select", { "aria-label": "Its type" }, element("option", { value: "" }, "type"), types.map((one) => element("option", { value: one, selected: one === type }, one)));
  const row = element("div", { class: "missed-row" }, input, select, element("button", { type: "button", class: "plain", onclick: () => row.remove() }, "Remove"));
  return row;
}

function pieces(text, events) {
  const points = Array.from(text), found = [];
  let at = 0;
  for (const { trigger, quad } of events) {
    if (trigger.start < at) continue;
    found.push(points.slice(at, trigger.start).join(""), element("mark", { class: `event q${quad}` }, points.slice(trigger.start, trigger.end).join("")));
    at = trigger.end;
  }
  return [...found, points.slice(at).join("")];
}
