// A text, coded as if it were an article; nothing of it is kept.
import { post } from "./api.js";
import { element } from "./dom.js";
import { storyPage } from "./story.js";

export function tryPage() {
  const text = element("textarea", { name: "text", required: true, placeholder: "TOKYO (Kyodo) — Prime Minister …", "aria-label": "Text" });
  const published = element("input", { type: "date", name: "published" });
  const result = element("div", { "aria-live": "polite" });
  const button = element("button", {}, "Code it");
  const form = element("form", {}, text, element("div", { class: "ask" }, element("label", {}, "Published ", published), " ", button));
  form.addEventListener("submit", async (happening) => {
    happening.preventDefault();
    button.disabled = true;
    result.replaceChildren(element("p", { class: "quiet" }, "Coding …"));
    try {
      result.replaceChildren(storyPage(await post("code", { text: text.value, published: published.value || null }), "As it is coded"));
    } catch (error) {
      result.replaceChildren(element("p", { class: "error", role: "alert" }, error.message));
    } finally {
      button.disabled = false;
    }
  });
  return element("div", {}, element("h1", {}, "Try a text"), element("p", { class: "quiet" }, "It is coded on this machine and not kept. Without a day of publication, weekdays stay without a date."), form, result);
}
