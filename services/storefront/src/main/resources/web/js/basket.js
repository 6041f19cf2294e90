/*
 * What the shopper wants to buy, shared by all tabs. Name and price are what was seen last and only for show: the order is priced by
 * the shop.
 */
const STORE = "emporion.basket";
const MOST = 999;
const listeners = new Set();

const isLine = (line) =>
  typeof line?.id === "string" && Number.isInteger(line.quantity) && line.quantity > 0 && Number.isFinite(line.price?.amount);

/** Storage can be edited, or be of an older shop: what is no line is not there. */
function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORE));
    return Array.isArray(stored) ? stored.filter(isLine) : [];
  } catch {
    return [];
  }
}

let lines = read();

function become(next) {
  lines = next;
  try {
    localStorage.setItem(STORE, JSON.stringify(lines));
  } catch {
    // Full or forbidden: the basket lives as long as the tab.
  }
  for (const listener of listeners) listener();
}

addEventListener("storage", (event) => {
  if (event.key !== STORE) return;
  lines = read();
  for (const listener of listeners) listener();
});

export const content = () => lines;
export const count = () => lines.reduce((sum, { quantity }) => sum + quantity, 0);
/** Calls the listener after each change, until the signal (if any) is aborted. */
export function onChange(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener("abort", () => listeners.delete(listener));
}

export const clear = () => become([]);
export const remove = (id) => become(lines.filter((line) => line.id !== id));

const bounded = (quantity) => Math.min(MOST, Math.max(1, Math.trunc(quantity) || 1));

/** Adds to what is there already. */
export function add({ productId: id, name, category, price }, quantity = 1) {
  const before = lines.find((line) => line.id === id)?.quantity ?? 0;
  const line = { id, name, category, price, quantity: bounded(before + quantity) };
  become(before ? lines.map((other) => (other.id === id ? line : other)) : [...lines, line]);
}

export const setQuantity = (id, quantity) =>
  become(lines.map((line) => (line.id === id ? { ...line, quantity: bounded(quantity) } : line)));

/** Takes over name and price of products as the shop has them now. */
export function refresh(products) {
  const now = new Map(products.map((product) => [product.productId, product]));
  const next = lines.map((line) => {
    const { name, category, price } = now.get(line.id) ?? line;
    return { ...line, name, category, price };
  });
  if (JSON.stringify(next) !== JSON.stringify(lines)) become(next);
}
