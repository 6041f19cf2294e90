/*
 * One attempt to buy what is in the basket. It has its key before anything is sent, in all tabs and beyond a reload, and keeps it until
 * an order with that key has been seen to its end: whatever is sent until then goes under this key, with whatever card, so at most one
 * order can come of it. While nobody knows what became of it, it is open, and is asked about before anything is sent again.
 */
import * as basket from "./basket.js";
import { newKey } from "./http.js";
import { locked, shared } from "./shared.js";

const NAME = "emporion.attempt";
const attempt = shared(NAME, (stored) => typeof stored?.key === "string");

/** The key of an open attempt, or nothing. */
export const openKey = () => (attempt.get()?.open ? attempt.get().key : undefined);
export const isOpen = () => openKey() !== undefined;
export const { onChange } = attempt;
export const forget = () => attempt.set(null);

export const isPending = ({ status }) => status !== "confirmed" && status !== "cancelled";

/** Sends the order of what was shown, unless another tab was faster or the basket has changed since; then there is no answer. */
export const place = (lines, send) =>
  locked(NAME, async () => {
    if (isOpen() || !basket.holds(lines)) return null;
    const { key } = attempt.get() ?? { key: newKey() };
    attempt.set({ key, open: true });
    try {
      return settle(await send(key));
    } catch (failure) {
      if (failure.isFinal) know({ open: false });
      throw failure;
    }
  });

/** What became of an open attempt, as find(key) tells: its order, or null; undefined where another tab has seen that there is none. */
export const ask = (key, find) =>
  locked(NAME, async () => {
    const order = await find(key);
    if (attempt.get()?.key !== key) return order; // Another tab has seen it before.
    if (order) return settle(order);
    know({ open: false });
    return null;
  });

/** To be told of each order that is seen: it may be the one that is waited for. */
export function see(order) {
  const isOurs = () => attempt.get()?.orderId === order.orderId;
  if (isOurs() && !isPending(order)) locked(NAME, async () => isOurs() && settle(order));
}

function settle(order) {
  if (isPending(order)) {
    know({ open: true, orderId: order.orderId });
  } else if (attempt.get()) {
    attempt.set(null);
    if (order.status === "confirmed") basket.take(order.lines);
  }
  return order;
}

/** Whoever signed out in between has no attempt any more. */
function know(news) {
  if (attempt.get()) attempt.set({ ...attempt.get(), ...news });
}
