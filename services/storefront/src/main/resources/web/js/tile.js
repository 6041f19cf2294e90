/* Products have no photographs: each gets a small mosaic that its name and category always draw the same way. */
import { s } from "./dom.js";

const CELL = 60;
const COLUMNS = 4;
const ROWS = 3;

/** FNV-1a: spreads similar names well, which is all it is for. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const unit of String(text)) value = Math.imul(value ^ unit.codePointAt(0), 0x01000193) >>> 0;
  return value;
}

/** Numbers below n that only the seed decides (mulberry32). */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** A category has its own hue, so that a shelf looks like one shelf. */
function palette(category, roll) {
  const hue = (hash(category) * 137.508) % 360;
  const near = (hue + 24 + roll(16)) % 360;
  const far = (hue + 165 + roll(30)) % 360;
  return {
    ground: `hsl(${hue} 38% 88%)`,
    inks: [`hsl(${hue} 46% 38%)`, `hsl(${near} 52% 58%)`, `hsl(${hue} 42% 74%)`, `hsl(${far} 38% 64%)`, `hsl(${hue} 40% 26%)`],
  };
}

const C = CELL;
const H = CELL / 2;
const SHAPES = [
  (fill) => s("path", { d: `M0 0H${C}A${C} ${C} 0 0 1 0 ${C}Z`, fill }),
  (fill) => s("path", { d: `M0 0A${C} ${C} 0 0 1 ${C} ${C}A${C} ${C} 0 0 1 0 0Z`, fill }),
  (fill) => s("path", { d: `M0 ${H}A${H} ${H} 0 0 1 ${C} ${H}Z`, fill }),
  (fill) => s("circle", { cx: H, cy: H, r: H, fill }),
  (fill, other) => [s("circle", { cx: H, cy: H, r: H, fill }), s("circle", { cx: H, cy: H, r: H / 2, fill: other })],
  (fill) => s("path", { d: `M0 0H${C}L0 ${C}Z`, fill }),
  (fill, other) => [s("rect", { width: C, height: C, fill }), s("path", { d: `M${H} 0A${H} ${H} 0 0 1 ${H} ${C}Z`, fill: other })],
  (fill) => [0, 2].map((i) => s("rect", { y: (i * C) / 4, width: C, height: C / 4, fill })),
];

/** An SVG of 4 by 3; decoration only, so hidden from screen readers. */
export function tile({ name, category }) {
  const roll = dice(hash(`${name}/${category ?? ""}`));
  const { ground, inks } = palette(category ?? name, roll);
  const cells = [];
  for (let index = 0; index < COLUMNS * ROWS; index++) {
    const ink = roll(inks.length);
    const other = inks[(ink + 1 + roll(inks.length - 1)) % inks.length];
    const x = (index % COLUMNS) * C;
    const y = Math.floor(index / COLUMNS) * C;
    const shape = SHAPES[roll(SHAPES.length)](inks[ink], other);
    cells.push(s("g", { transform: `translate(${x} ${y}) rotate(${roll(4) * 90} ${H} ${H})` }, shape));
  }
  return s(
    "svg",
    { class: "tile", viewBox: `0 0 ${COLUMNS * C} ${ROWS * C}`, "aria-hidden": "true", preserveAspectRatio: "xMidYMid slice" },
    s("rect", { width: "100%", height: "100%", fill: ground }),
    cells,
  );
}
