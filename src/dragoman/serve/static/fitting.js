// A chart as wide as its place, so that its letters keep their size: drawn anew when the place gets another width.
import { element } from "./dom.js";

export function fitted(draw) {
  let width = 0;
  const place = element("div", { class: "fitted" });
  new ResizeObserver(([{ contentRect }]) => {
    const now = Math.floor(contentRect.width);
    if (!now || now === width) return;
    width = now;
    place.replaceChildren(draw(width));
  }).observe(place);
  return place;
}
