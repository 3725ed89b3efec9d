// The pages: an address in, a view out. Each view is a function of its address, so that every one can be shared.
import { about } from "./about.js";
import { ask } from "./api.js";
import { element } from "./dom.js";
import { auditPage } from "./audit.js";
import { betweenPage } from "./between.js";
import { eventsPage } from "./events.js";
import { known } from "./names.js";
import { searchPage } from "./search.js";
import { storyPage } from "./story.js";
import { tryPage } from "./try.js";
import { worldPage } from "./world.js";

const main = document.getElementById("main");
const VIEWS = [
  [/^\/$/, "Events", (_, search) => eventsPage(search)],
  [/^\/story\/(.+)$/, "Story", async (match) => storyPage(await ask(`articles/${match[1]}`))],
  [/^\/between(?:\/([^/]+))?(?:\/([^/]+))?$/, "Between", (match, search) => betweenPage(...[match[1], match[2]].map((part) => decodeURIComponent(part ?? "")), search)],
  [/^\/world$/, "World", (_, search) => worldPage(search)],
  [/^\/search$/, "Search", (_, search) => searchPage(search)],
  [/^\/audit$/, "Audit", (_, search) => auditPage(search)],
  [/^\/try$/, "Try", () => tryPage()],
];
let shown = 0;
let page = "";

function go(address) {
  history.pushState(null, "", address);
  return show();
}

async function show() {
  page = location.pathname + location.search;
  const mine = (shown += 1);
  main.setAttribute("aria-busy", "true");
  const path = location.pathname;
  for (const link of document.querySelectorAll("nav a")) {
    const target = link.getAttribute("href");
    const current = target === "/" ? path === "/" : path.startsWith(target);
    current ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  const found = VIEWS.map(([pattern, title, view]) => [path.match(pattern), title, view]).find(([match]) => match);
  try {
    await known;
    const page = found ? await found[2](found[0], new URLSearchParams(location.search)) : element("p", { class: "error" }, `There is no page ${path}.`);
    if (mine !== shown) return;
    main.replaceChildren(page);
    const heading = main.querySelector("h1")?.textContent;
    document.title = [heading ?? found?.[1], "dragoman"].filter(Boolean).join(" · ");
  } catch (error) {
    if (mine !== shown) return;
    main.replaceChildren(element("h1", {}, found?.[1] ?? "dragoman"), element("p", { class: "error", role: "alert" }, error.message));
  }
  main.removeAttribute("aria-busy");
}

document.addEventListener("click", (happening) => {
  const link = happening.target.closest?.("a[href]");
  if (!link || happening.defaultPrevented || happening.button || happening.metaKey || happening.ctrlKey || happening.shiftKey) return;
  const target = new URL(link.getAttribute("href"), location.href); // an SVG link has no text for an href
  if (target.origin !== location.origin || target.pathname.startsWith("/api/") || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
  happening.preventDefault();
  go(target.pathname + target.search + target.hash).then(() => { if (!target.hash) { scrollTo(0, 0); main.focus({ preventScroll: true }); } });
});
document.addEventListener("submit", (happening) => {
  const form = happening.target;
  if (!form.matches("form[data-page]")) return;
  happening.preventDefault();
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  go(`${form.dataset.page}${asked.size ? `?${asked}` : ""}`);
});
addEventListener("popstate", () => {
  const asked = location.pathname + location.search;
  if (asked === page) return; // another place on the same page
  show();
});

about.then((about) => {
  const counts = `${about.counts.events.toLocaleString("en")} events in ${about.counts.articles.toLocaleString("en")} articles`;
  document.getElementById("about").textContent = [about.store, counts, about.first ? `${about.first} – ${about.last}` : "", about.note].filter(Boolean).join(" · ");
  if (!about.counts.articles) main.before(element("p", { class: "notice", role: "status" }, "Nothing is in this store yet. ", element("code", {}, `dragoman code ARTICLES --store ${about.store}`), " fills it."));
}).catch(() => {});
show();
