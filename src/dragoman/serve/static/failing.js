// What a page shows beneath its form; if that fails, the words of the server, so that the question can be put right.
import { element } from "./dom.js";

export async function orWhy(make) {
  try {
    return await make();
  } catch (error) {
    return element("p", { class: "error", role: "alert" }, error.message);
  }
}
