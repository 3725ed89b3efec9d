// Where nodes of a network go: linked ones draw each other near, all push each other away. No chance in it: the same network, the same places.
const STEPS = 220, GRAVITY = 0.6, GAP = 5;

// nodes: [{ x, y }], where they start; links: [[place, place, strength from 0 to 1]]. The places, within 0 and 1 on both axes.
export function laidOut(nodes, links, aspect) {
  const count = nodes.length, ideal = Math.sqrt(aspect / Math.max(1, count));
  const x = Float64Array.from(nodes, (node) => node.x * aspect), y = Float64Array.from(nodes, (node) => node.y);
  const dx = new Float64Array(count), dy = new Float64Array(count), degree = new Float64Array(count);
  for (const [one, other] of links) { degree[one] += 1; degree[other] += 1; }
  const weight = degree.map((links) => Math.sqrt(1 + links)), mean = weight.reduce((sum, one) => sum + one, 0) / Math.max(1, count);
  for (let step = 0; step < STEPS; step += 1) {
    dx.fill(0);
    dy.fill(0);
    for (let one = 0; one < count; one += 1) {
      for (let other = one + 1; other < count; other += 1) {
        const across = x[one] - x[other], up = y[one] - y[other];
        const push = ((ideal * ideal) / (across * across + up * up + 1e-6)) * (weight[one] * weight[other]) / (mean * mean); // hubs need room
        dx[one] += across * push; dy[one] += up * push;
        dx[other] -= across * push; dy[other] -= up * push;
      }
    }
    for (const [one, other, strength] of links) {
      const across = x[one] - x[other], up = y[one] - y[other];
      const pull = (Math.hypot(across, up) / ideal) * (0.3 + 0.7 * strength) / Math.sqrt(Math.min(degree[one], degree[other]));
      dx[one] -= across * pull; dy[one] -= up * pull;
      dx[other] += across * pull; dy[other] += up * pull;
    }
    const warmth = 0.08 * (1 - step / STEPS);
    for (let one = 0; one < count; one += 1) {
      dx[one] -= (x[one] - aspect / 2) * GRAVITY;
      dy[one] -= (y[one] - 0.5) * GRAVITY * aspect;
      const far = Math.hypot(dx[one], dy[one]) || 1, shift = Math.min(far, warmth);
      x[one] += (dx[one] / far) * shift;
      y[one] += (dy[one] / far) * shift;
    }
  }
  const [left, right, top, bottom] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
  return nodes.map((_, place) => ({ x: (x[place] - left) / (right - left || 1), y: (y[place] - top) / (bottom - top || 1) }));
}

// Circles that lie on each other are moved apart, within the borders; places are changed.
export function separated(circles, width, height) {
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    for (let one = 0; one < circles.length; one += 1) {
      for (let other = one + 1; other < circles.length; other += 1) {
        const a = circles[one], b = circles[other], wanted = a.r + b.r + GAP;
        const across = b.x - a.x || 0.01, up = b.y - a.y, far = Math.hypot(across, up);
        if (far >= wanted) continue;
        const shift = (wanted - far) / 2 / far;
        a.x -= across * shift; a.y -= up * shift;
        b.x += across * shift; b.y += up * shift;
        moved = true;
      }
    }
    for (const circle of circles) {
      circle.x = Math.min(width - circle.r - GAP, Math.max(circle.r + GAP, circle.x));
      circle.y = Math.min(height - circle.r - GAP, Math.max(circle.r + GAP, circle.y));
    }
    if (!moved) return;
  }
}
