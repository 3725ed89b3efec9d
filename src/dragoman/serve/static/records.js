// How records are put to people: the same words as the terminal uses.
import { element } from "./dom.js";

export const QUADS = { 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict" };
export const nameOf = (entity) => (entity ? entity.name || entity.text : "–");
export const codeOf = (entity) => [entity?.country, entity?.sector].filter(Boolean).join(" ");
export const placeOf = (record) => `/story/${encodeURIComponent(record.article_id)}#${encodeURIComponent(record.id)}`;
export const daysOf = (date) => (date && date.value ? [date.value, date.until].filter(Boolean).join(" – ") : "");

export const signed = (mean) => mean.toFixed(1).replace("-0.0", "0.0").replace("-", "−");

export function party(entity) {
  return element("span", {}, nameOf(entity), " ", element("span", { class: "code" }, codeOf(entity)));
}

export function parties(entities) {
  if (!entities.length) return "–";
  return entities.map((entity, place) => [place ? element("br") : null, party(entity)]);
}

export function typeOf(event) {
  const details = [...event.mode, ...event.aux.map((name) => `(${name})`), ...event.quantities.map(numberOf)].join(", ");
  return [element("span", { class: `type q${event.quad}`, title: QUADS[event.quad] }, event.type), details ? ` ${details}` : null];
}

export function numberOf(quantity) {
  const shown = (bound) => bound.toLocaleString("en");
  const { low, high } = quantity;
  const range = low === null ? (high === null ? "many" : `up to ${shown(high)}`) : high === null ? `${shown(low)}+` : low === high ? shown(low) : `${shown(low)}–${shown(high)}`;
  return `${range} ${quantity.unit || quantity.kind}`;
}

export function onWhoseWord(event) {
  const claimed = event.attributed_to ? `claimed by ${nameOf(event.attributed_to)}` : event.status === "claimed" ? "claimed" : "";
  const denied = [...new Set(event.disputed.map((one) => `${one.event_id ? "disputed" : "denied"} by ${nameOf(one.by)}`))];
  if (event.status === "denied" && !denied.length) denied.push("denied");
  return [claimed, ...denied].filter(Boolean).join(", ");
}

export function eventTable(events) {
  if (!events.length) return element("p", { class: "quiet" }, "No events. Ask for fewer things at once, or for another period.");
  const isTold = events.some(onWhoseWord); // else there is no column for it
  const head = ["date", "who", "what", "whom", isTold && "on whose word", "text"].filter(Boolean).map((name) => element("th", { scope: "col" }, name));
  const rows = events.map((event) =>
    element("tr", {},
      element("td", { class: "date" }, daysOf(event.date).split(" – ").map((day, place) => [place ? " – " : null, element("span", {}, day || "–")])),
      element("td", {}, parties(event.actor)),
      element("td", {}, typeOf(event)),
      element("td", {}, parties(event.recipient)),
      isTold ? element("td", {}, onWhoseWord(event)) : null,
      element("td", { class: "words" }, element("a", { href: placeOf(event) }, event.evidence[0]?.text ?? event.trigger.text))));
  return element("div", { class: "scroll" }, element("table", { class: "cards" }, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
}
