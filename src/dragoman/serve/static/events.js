// All events, by a question in the query language.
import { ask } from "./api.js";
import { element } from "./dom.js";
import { orWhy } from "./failing.js";
import { eventTable } from "./records.js";
import { tableLinks } from "./saving.js";

export async function eventsPage(search) {
  const query = search.get("query") ?? "";
  const found = await orWhy(async () => {
    const [events, count] = await Promise.all([ask("events", { query, cursor: search.get("cursor") }), ask("events/count", { query })]);
    const behind = new URLSearchParams(search);
    if (events.next) behind.set("cursor", events.next);
    return element("div", {},
      count ? element("p", { class: "quiet" }, `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`) : null,
      eventTable(events.records), count ? tableLinks(query) : null,
      events.next ? element("p", {}, element("a", { href: `/?${behind}` }, "Next page")) : null);
  });
  return element("div", {},
    element("h1", {}, "Events"),
    element("form", { class: "ask", "data-page": "/", role: "search" },
      element("label", { class: "wide" }, "Ask", element("input", { name: "query", value: query, placeholder: "JPN -> USA, SUPPORT or AGREE, 2024-11", autocomplete: "off", spellcheck: "false" })),
      element("button", {}, "Look up")),
    found);
}
