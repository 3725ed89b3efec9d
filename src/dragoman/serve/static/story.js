// A story with its marks: pointing at a record lights its words, pointing at words lights their records.
import { element } from "./dom.js";
import { daysOf, nameOf, numberOf, onWhoseWord, party, parties, typeOf } from "./records.js";

export function storyPage(story, title = null) {
  const article = story.coding.article;
  const published = article?.published?.value;
  const origin = [article?.dateline?.place, published, article?.agency, article?.publication].filter(Boolean).join(" · ");
  const cards = [...story.coding.events.toSorted(byTrigger).map(eventCard), ...story.coding.statements.toSorted(byContent).map(statementCard), ...story.coding.relations.map(relationCard), ...story.coding.expectations.map(expectationCard)];
  const text = story.text === null ? element("p", { class: "quiet" }, "This story was stored without its text; the records have the words they rest on.") : textOf(story, cards);
  for (const card of cards) {
    const follow = () => { light(text, cards, card); text.querySelector(".lit")?.scrollIntoView({ block: "center", behavior: "smooth" }); };
    for (const type of ["pointerenter", "focus"]) card.shown.addEventListener(type, () => light(text, cards, card));
    card.shown.addEventListener("click", follow);
    card.shown.addEventListener("keydown", (happening) => { if (happening.key === "Enter" && happening.target === card.shown) follow(); });
  }
  const page = element("article", {},
    title ? element("h2", {}, title) : element("h1", {}, article?.headline || article?.id || "A story"),
    element("p", { class: "quiet" }, origin, article?.url ? [" · ", element("a", { href: safe(article.url), rel: "noreferrer" }, "source")] : null),
    story.coding.problems.map((problem) => element("p", { class: "error" }, problem.message)),
    element("div", { class: "columns" }, text, element("section", { "aria-label": "Records" }, sections(cards))));
  const wanted = cards.find((card) => card.id === decodeURIComponent(location.hash.slice(1)));
  if (wanted) queueMicrotask(() => { light(text, cards, wanted); wanted.shown.scrollIntoView({ block: "nearest" }); });
  return page;
}

// The order in which the server numbers them.
const byTrigger = (one, other) => one.trigger.start - other.trigger.start || one.trigger.end - other.trigger.end;
const byContent = (one, other) => String(one.content.spans.flat().map(padded)).localeCompare(String(other.content.spans.flat().map(padded)), "en");
const padded = (number) => String(number).padStart(9, "0");
const safe = (url) => (/^https?:/i.test(url) ? url : "#");

function sections(cards) {
  const kinds = { event: "Events", statement: "Statements", relation: "Standing relations", expectation: "Expectations" };
  const found = Object.entries(kinds).map(([kind, title]) => {
    const some = cards.filter((card) => card.kind === kind);
    return some.length ? [element("h2", {}, `${title} (${some.length})`), some.map((card) => card.shown)] : null;
  });
  return found.some(Boolean) ? found : element("p", { class: "quiet" }, "Nothing was coded in this story.");
}

function light(text, cards, lit) {
  for (const card of cards) card.shown.classList.toggle("lit", card === lit);
  for (const piece of text.querySelectorAll?.("[data-start]") ?? []) {
    const [start, end] = [Number(piece.dataset.start), Number(piece.dataset.end)];
    piece.classList.toggle("lit", lit.spans.some(([a, b]) => a < end && start < b));
  }
}

// Offsets count code points, JavaScript's strings count UTF-16 units: so the text is cut as an array of code points.
function textOf(story, cards) {
  const points = Array.from(story.text);
  const cuts = new Set([0, points.length]);
  for (const mark of story.marks) { cuts.add(mark.start); cuts.add(mark.end); }
  for (const card of cards) for (const [start, end] of card.spans) { cuts.add(start); cuts.add(end); }
  const ordered = [...cuts].filter((cut) => cut >= 0 && cut <= points.length).sort((a, b) => a - b);
  const pieces = [];
  for (let at = 0; at + 1 < ordered.length; at += 1) {
    const [start, end] = [ordered[at], ordered[at + 1]];
    const marks = story.marks.filter((mark) => mark.start <= start && end <= mark.end);
    const words = points.slice(start, end).join("");
    const label = marks.filter((mark) => mark.label && mark.end === end).map((mark) => labelOf(mark, cards));
    const classes = [...new Set(marks.flatMap((mark) => [mark.kind, mark.quad ? `q${mark.quad}` : ""]))].filter(Boolean).join(" ");
    const attributes = { "data-start": start, "data-end": end, class: classes || null, title: marks.map((mark) => mark.says).filter(Boolean).join("; ") || null };
    pieces.push(element(marks.length ? "mark" : "span", attributes, words), ...label);
  }
  const body = element("div", { class: "text", lang: "en" }, pieces);
  body.addEventListener("pointerover", (happening) => {
    const piece = happening.target.closest?.("[data-start]");
    if (!piece) return;
    const [start, end] = [Number(piece.dataset.start), Number(piece.dataset.end)];
    for (const card of cards) card.shown.classList.toggle("lit", card.core.some(([a, b]) => a < end && start < b));
  });
  return body;
}

function labelOf(mark, cards) {
  const card = cards.filter((one) => one.kind === mark.kind)[Number(mark.label.slice(1)) - 1];
  const follow = (happening) => { happening.preventDefault(); card.shown.focus(); card.shown.scrollIntoView({ block: "nearest" }); };
  return element("a", { class: "label", href: `#${encodeURIComponent(card.id)}`, "aria-label": `Record ${mark.label}`, "data-label": mark.label, onclick: follow });
}

const spanOf = (part) => (part && Number.isInteger(part.start) && Number.isInteger(part.end) ? [[part.start, part.end]] : []);

function card(kind, record, core, spans, quad, ...body) {
  const because = record.because?.length ? element("details", {}, element("summary", {}, "why"), element("ul", { class: "because" }, record.because.map((reason) => element("li", {}, reason)))) : null;
  const shown = element("div", { class: `record${quad ? ` q${quad}` : ""}`, id: record.id, tabindex: 0, role: "group", "aria-label": body[0].textContent }, body, because);
  return { kind, id: record.id, core, spans: [...core, ...spans], shown };
}

function eventCard(event) {
  const spans = [...event.actor, ...event.recipient, event.attributed_to, event.date, event.place, ...event.disputed, ...event.quantities].flatMap(spanOf);
  const told = [daysOf(event.date) || (event.date ? `“${event.date.text}”` : "no date"), event.place ? event.place.name || event.place.text : null, onWhoseWord(event)];
  return card("event", event, spanOf(event.trigger), spans, event.quad,
    element("p", {}, typeOf(event)),
    element("p", {}, parties(event.actor), event.recipient.length ? [" → ", parties(event.recipient)] : null),
    element("p", { class: "quiet" }, told.filter(Boolean).join(" · ")),
    event.quantities.length ? element("p", { class: "quiet" }, event.quantities.map((one) => `${numberOf(one)}${one.by ? ` (${nameOf(one.by)})` : ""}`).join(", ")) : null);
}

function statementCard(statement) {
  return card("statement", statement, statement.content.spans, [...spanOf(statement.speaker), ...spanOf(statement.cue), ...spanOf(statement.addressee)], 0,
    element("p", {}, party(statement.speaker), statement.addressee ? [" to ", party(statement.addressee)] : null,
      statement.about?.country ? [" about ", party(statement.about)] : null, element("span", { class: "quiet" }, ` ${statement.polarity === "negated" ? "not " : ""}${statement.attitude ?? "says"}`)),
    element("p", { class: "said" }, statement.content.text));
}

function relationCard(relation) {
  const since = [relation.since ? `since ${relation.since}` : "", relation.until ? `until ${relation.until}` : "", relation.change ?? ""].filter(Boolean).join(", ");
  return card("relation", relation, [...spanOf(relation.from), ...spanOf(relation.to)], relation.evidence.flatMap(spanOf), 0,
    element("p", {}, party(relation.from), element("span", { class: "quiet" }, ` ${relation.kind.replaceAll("_", " ")} `), relation.to ? party(relation.to) : null),
    element("p", { class: "quiet" }, [relation.title, since].filter(Boolean).join(" · ")));
}

function expectationCard(expectation) {
  const due = expectation.due ? `due ${[expectation.due.value, expectation.due.until].filter(Boolean).join(" – ") || expectation.due.text}` : "no due day";
  const condition = expectation.condition ? `if ${expectation.condition.text}` : "";
  return card("expectation", expectation, spanOf(expectation.trigger), [...spanOf(expectation.from), ...spanOf(expectation.to), ...spanOf(expectation.due), ...spanOf(expectation.condition)], 0,
    element("p", {}, element("span", { class: "type" }, expectation.type), ` ${expectation.kind ?? ""}`),
    element("p", {}, party(expectation.from), expectation.to ? [" → ", party(expectation.to)] : null),
    element("p", { class: "quiet" }, [due, condition, expectation.outcome].filter(Boolean).join(" · ")));
}
