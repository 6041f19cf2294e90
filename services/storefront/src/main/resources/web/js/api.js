/* The public API as this shop uses it. Whoever reads this file and session.js knows every call that the page makes. */
import { NotificationsV2Api, OrdersV2Api, PaymentsV2Api, ProductsV2Api, UsersV2Api } from "./client.js";
import { configuration, timed } from "./http.js";
import * as session from "./session.js";

/** A call in the shopper's name. A token that was refused is renewed once; if that fails, nobody is signed in any more. */
async function authorized(url, init) {
  const withToken = (bearer) =>
    // What belongs to one shopper does not stay on the disk of a shared computer.
    timed(url, { ...init, cache: "no-store", headers: { ...init.headers, ...(bearer && { Authorization: `Bearer ${bearer}` }) } });
  const token = await session.token();
  const answer = await withToken(token);
  if (answer.status !== 401) return answer;
  const renewed = await session.token(token);
  return renewed ? withToken(renewed) : answer;
}

const anybody = configuration();
const visitor = { products: new ProductsV2Api(anybody), users: new UsersV2Api(anybody) };

const signedIn = configuration(authorized);
const shopper = {
  users: new UsersV2Api(signedIn),
  orders: new OrdersV2Api(signedIn),
  payments: new PaymentsV2Api(signedIn),
  notifications: new NotificationsV2Api(signedIn),
};

const LARGEST_PAGE = 100;

/** The first of a list, so many or a page of them, and the cursor of what follows (or nothing). */
async function first(count, size, list) {
  const items = [];
  let next;
  do {
    const page = await list({ limit: Math.min(LARGEST_PAGE, Math.max(size, count - items.length)), cursor: next });
    items.push(...page.items);
    next = page.next;
  } while (next && items.length < count);
  return { items, next };
}

const PRODUCTS = 24;

/** Who looks for words gets what fits them best, who looks around what sells most. */
const listProducts = ({ q, category, sort }, page, signal) =>
  visitor.products.listProductsV2(
    { search: q || undefined, category: category || undefined, sort: sort || (q ? undefined : "recommended"), ...page },
    { signal },
  );

/** {items, next}: the first count products, or the first page where that is more. */
export const products = (filter, count, signal) => first(count, PRODUCTS, (page) => listProducts(filter, page, signal));

export const moreProducts = (filter, cursor, signal) => listProducts(filter, { limit: PRODUCTS, cursor }, signal);

export const product = (id, signal) => visitor.products.getProductV2({ id }, { signal });

/** Those of these products that are still sold, by their ids. */
export async function productsById(ids, signal) {
  const found = new Map();
  for (let from = 0; from < ids.length; from += LARGEST_PAGE) {
    const page = await visitor.products.listProductsV2({ ids: ids.slice(from, from + LARGEST_PAGE).join(",") }, { signal });
    page.items.forEach((item) => found.set(item.productId, item));
  }
  return found;
}

export const categories = async (signal) => (await visitor.products.listCategoriesV2({ signal })).items;

export const register = (user, idempotencyKey) => visitor.users.registerUserV2({ userRequestV2: user, idempotencyKey });

export const account = (signal) => shopper.users.getOwnUserV2({}, { signal });

/** How the shopper wants to be written to. */
export const preferences = (signal) => shopper.notifications.getNotificationPreferencesV2({ signal });

export const prefer = (wanted) => shopper.notifications.changeNotificationPreferencesV2({ preferencesRequestV2: wanted });

/** All that the shop knows of the shopper, as the API writes it: what this client does not know yet is theirs too. */
export async function everything(signal) {
  const [user, orders, payments, notifications, preferences] = await Promise.all([
    asWritten(shopper.users.getOwnUserV2Raw({}, { signal })),
    all((page) => shopper.orders.listOwnOrdersV2Raw(page, { signal })),
    all((page) => shopper.payments.listPaymentsV2Raw(page, { signal })),
    all((page) => shopper.notifications.listNotificationsV2Raw(page, { signal })),
    asWritten(shopper.notifications.getNotificationPreferencesV2Raw({ signal })),
  ]);
  return { exported_at: new Date().toISOString(), user, orders, payments, notifications, preferences };
}

const asWritten = async (answer) => (await answer).raw.json();

/** Every page of a list, one after the other. */
async function all(list) {
  const items = [];
  let cursor;
  do {
    const page = await asWritten(list({ limit: 100, cursor }));
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

/** Forgets the shopper; orders stay, and are nobody's. */
export const eraseAccount = () => shopper.users.eraseOwnUserV2();

/** Asks for a link by e-mail; the answer does not say whether there is such an account. */
export const forgotPassword = (emailAddress) =>
  visitor.users.requestPasswordReset({ passwordResetRequestV2: { emailAddress } });

export const setPassword = (token, password) =>
  visitor.users.redeemPasswordReset({ redemptionV2: { token, password } });

/**
 * At the prices that were shown: where the shop has others now it says so (`price-changed`), and there is no order. Where the outcome
 * takes longer, the order is accepted (202), `pending`, and has to be asked for.
 */
export const placeOrder = (lines, total, card, idempotencyKey) =>
  shopper.orders.placeOrderV2({
    orderRequestV2: {
      lines: lines.map(({ id, quantity, price }) => ({ productId: id, quantity, expectedPrice: price })),
      payment: { token: card },
      expectedTotal: total,
    },
    idempotencyKey,
  });

/** The order that was placed with this key, or nothing. */
export const orderByKey = async (idempotencyKey, signal) =>
  (await shopper.orders.listOwnOrdersV2({ idempotencyKey, limit: 1 }, { signal })).items[0];

const ORDERS = 20;

const listOrders = (status, page, signal) => shopper.orders.listOwnOrdersV2({ status: status || undefined, ...page }, { signal });

export const orders = (status, count, signal) => first(count, ORDERS, (page) => listOrders(status, page, signal));

export const moreOrders = (status, cursor, signal) => listOrders(status, { limit: ORDERS, cursor }, signal);

export const order = (id, signal) => shopper.orders.getOrderV2({ id }, { signal });

/** Without a key: an order is called off once, however often it is asked for. */
export const cancelOrder = (id) => shopper.orders.cancelOrderV2({ id });
