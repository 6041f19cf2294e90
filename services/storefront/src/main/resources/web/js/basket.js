/*
 * What the shopper wants to buy, shared by all tabs. Name, price and stock are what was seen last. A line whose price has changed since
 * it was put in keeps what it was, so that nobody pays another price without having seen it.
 */
import { isSame } from "./money.js";
import { shared } from "./shared.js";

const MOST = 999;

const isLine = (line) =>
  typeof line?.id === "string" && Number.isInteger(line.quantity) && line.quantity > 0 && Number.isFinite(line.price?.amount);

const basket = shared("emporion.basket", (stored) => Array.isArray(stored?.lines));

export const content = () => basket.get()?.lines.filter(isLine) ?? [];
export const count = () => content().reduce((sum, { quantity }) => sum + quantity, 0);
export const quantityOf = (id) => content().find((line) => line.id === id)?.quantity ?? 0;
export const { onChange } = basket;

const become = (lines) => basket.set({ owner: basket.get()?.owner, lines });
const change = (id, values) => become(content().map((line) => (line.id === id ? { ...line, ...values } : line)));

export const clear = () => basket.set(null);
export const remove = (id) => become(content().filter((line) => line.id !== id));

/** What one shopper has left behind is nothing to the next one. */
export function belongTo(owner) {
  const before = basket.get()?.owner;
  basket.set({ owner, lines: before && before !== owner ? [] : content() });
}

/** As many of a product as one basket takes. */
export const most = ({ stock }) => Math.min(MOST, stock.available);

/** Adds to what is there already, as far as there is stock; answers how many were added. */
export function add(product, quantity = 1) {
  const before = quantityOf(product.productId);
  const after = Math.min(most(product), before + Math.max(1, Math.trunc(quantity) || 1));
  if (after <= before) return 0;
  if (before === 0) become([...content(), { id: product.productId, quantity: after, ...facts(product) }]);
  else change(product.productId, { quantity: after });
  return after - before;
}

const facts = ({ name, category, price, stock }) => ({ name, category, price, available: stock.available, gone: undefined });

/** One at least, and as many as there were when the shop was last asked at most; answers how many it became. */
export function setQuantity(id, wanted) {
  const line = content().find((line) => line.id === id);
  const quantity = Math.min(MOST, line?.available || MOST, Math.max(1, Math.trunc(wanted) || 1));
  change(id, { quantity });
  return quantity;
}

/** Takes over what products are and cost now; what is in none of them is no longer sold. True where that is news to the shopper. */
export function refresh(products) {
  const now = new Map(products.map((product) => [product.productId, facts(product)]));
  const before = content();
  const after = before.map((line) => reprice({ ...line, ...(now.get(line.id) ?? { available: 0, gone: true }) }, line.price));
  if (JSON.stringify(after) === JSON.stringify(before)) return false;
  become(after);
  return after.some((line, i) => !isSame(line.price, before[i].price) || line.quantity > line.available);
}

/** The same for prices alone: pairs of a product's id and its price. */
export function newPrices(prices) {
  const now = new Map(prices);
  become(content().map((line) => reprice({ ...line, price: now.get(line.id) ?? line.price }, line.price)));
}

function reprice({ was, ...line }, before) {
  const seen = was ?? before;
  return isSame(seen, line.price) ? line : { ...line, was: seen };
}

/** Whether the basket still holds what was shown: these products, so many, at these prices. */
export const holds = (lines) => JSON.stringify(lines.map(essence)) === JSON.stringify(content().map(essence));

const essence = ({ id, quantity, price }) => [id, quantity, price.amount, price.currency];

/** Takes out what was ordered; what came in since stays. */
export function take(ordered) {
  const taken = new Map(ordered.map(({ product, quantity }) => [product.productId, quantity]));
  become(content().flatMap((line) => {
    const quantity = line.quantity - (taken.get(line.id) ?? 0);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  }));
}
