// What is served, asked once: every export carries the data's version.
import { ask } from "./api.js";

export const about = ask("about");
about.catch(() => {});
