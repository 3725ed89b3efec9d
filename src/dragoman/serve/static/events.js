// All events, by a question in the query language.
import { ask } from "./api.js";
import { element } from "./dom.js";
import { eventTable } from "./records.js";

export async function eventsPage(search) {
  const query = search.get("query") ?? "";
  const [found, count] = await Promise.all([ask("events", { query, cursor: search.get("cursor") }), ask("events/count", { query })]);
  const behind = new URLSearchParams(search);
  if (found.next) behind.set("cursor", found.next);
  const formats = ["csv", "jsonl", "plover", "parquet"].map((format) => [" ", element("a", { href: `/api/export?${new URLSearchParams({ query, format })}`, download: true }, format)]);
  return element("div", {},
    element("h1", {}, "Events"),
    element("form", { class: "ask", "data-page": "/", role: "search" },
      element("label", { class: "wide" }, "Ask", element("input", { name: "query", value: query, placeholder: "JPN -> USA, SUPPORT or AGREE, 2024-11", autocomplete: "off", spellcheck: "false" })),
      element("button", {}, "Look up")),
    element("p", { class: "quiet" }, `${count.toLocaleString("en")} events`, count ? [" · save as", formats] : null),
    eventTable(found.records),
    found.next ? element("p", {}, element("a", { href: `/?${behind}` }, "Next page")) : null);
}
