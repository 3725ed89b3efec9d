// Names beside circles so that none lies on another name or circle; what finds no room stays without one.
import { wideOf } from "./measuring.js";

const LETTERS = 12, HIGH = 14, APART = 2;

// circles: [{ x, y, r, names }], those that matter most first; names from the best to the shortest. For each of the first { text, x, y,
// anchor }, or null. kept: boxes that stay free.
export function labelled(circles, width, height, most, kept) {
  const taken = [...kept];
  return circles.slice(0, most).map((circle) => {
    for (const text of circle.names) {
      const wide = wideOf(text, LETTERS);
      for (const found of around(circle, wide)) {
        const box = { left: found.left, right: found.left + wide, top: found.y - 11, bottom: found.y + 3 };
        if (box.left < 2 || box.right > width - 2 || box.top < 0 || box.bottom > height) continue;
        if (taken.some((other) => crossing(box, other)) || circles.some((other) => other !== circle && covers(other, box))) continue;
        taken.push(box);
        return { text, x: found.x, y: found.y, anchor: found.anchor };
      }
    }
    return null;
  });
}

function* around({ x, y, r }, wide) {
  const beside = r + 4, slant = r * 0.7 + 4;
  for (const [right, down] of [[beside, 4], [slant, -slant + 4], [slant, slant + 6]]) {
    yield { x: x + right, y: y + down, anchor: "start", left: x + right };
    yield { x: x - right, y: y + down, anchor: "end", left: x - right - wide };
  }
  for (const down of [-r - 4, r + HIGH]) yield { x, y: y + down, anchor: "middle", left: x - wide / 2 };
}

const crossing = (a, b) => a.left < b.right + APART && b.left < a.right + APART && a.top < b.bottom + APART && b.top < a.bottom + APART;

function covers({ x, y, r }, box) {
  const near = [Math.min(box.right, Math.max(box.left, x)), Math.min(box.bottom, Math.max(box.top, y))];
  return Math.hypot(near[0] - x, near[1] - y) < r + 1;
}
