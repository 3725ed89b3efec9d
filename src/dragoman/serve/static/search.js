// Articles by their headline, and who said what.
import { ask } from "./api.js";
import { element } from "./dom.js";
import { party } from "./records.js";

export async function searchPage(search) {
  const q = search.get("q") ?? "", speaker = search.get("speaker") ?? "", about = search.get("about") ?? "";
  const asked = q || speaker || about;
  const [articles, statements] = await Promise.all([
    asked && !q ? null : ask("articles", { q, cursor: search.get("cursor") }), speaker || about ? ask("statements", { speaker, about }) : null]);
  const field = (name, label, value, placeholder) => element("label", { class: "wide" }, label, element("input", { name, value, placeholder }));
  return element("div", {},
    element("h1", {}, "Search"),
    element("form", { class: "ask", "data-page": "/search", role: "search" }, field("q", "Words of the headline", q, "ceasefire"), field("speaker", "Who said", speaker, "Lavrov, or RUS"), field("about", "about", about, "grain"), element("button", {}, "Look up")),
    statements ? [element("h2", {}, "Statements"), statements.records.length ? statements.records.map(statementLine) : nothing()] : null,
    articles ? [element("h2", {}, "Articles"), articles.records.length ? element("ul", {}, articles.records.map(articleLine)) : nothing()] : null,
    articles?.next ? element("p", {}, element("a", { href: `/search?${new URLSearchParams({ q, cursor: articles.next })}` }, "Next page")) : null);
}

const nothing = () => element("p", { class: "quiet" }, "Nothing found: try fewer or shorter words.");
const articleLine = (article) => element("li", {}, element("span", { class: "date quiet" }, article.published.value ?? "no date"), " ", element("a", { href: `/story/${encodeURIComponent(article.id)}` }, article.headline ?? article.id), article.publication ? element("span", { class: "quiet" }, ` ${article.publication}`) : null);
const statementLine = (said) => element("div", { class: "record" }, element("p", {}, party(said.speaker)), element("p", { class: "said" }, element("a", { href: `/story/${encodeURIComponent(said.article_id)}#${said.id}` }, said.content.text)));
