/* The public API as this shop uses it. Whoever reads this file and session.js knows every call that the page makes. */
import { NotificationsV2Api, OrdersV2Api, PaymentsV2Api, ProductsV2Api, UsersV2Api } from "./client.js";
import { configuration, timed } from "./http.js";
import * as session from "./session.js";

/** A call in the shopper's name. A token that was refused is renewed once; if that fails, nobody is signed in any more. */
async function authorized(url, init) {
  const withToken = (bearer) =>
    // What belongs to one shopper does not stay on the disk of a shared computer.
    timed(url, { ...init, cache: "no-store", headers: { ...init.headers, ...(bearer && { Authorization: `Bearer ${bearer}` }) } });
  const answer = await withToken(await session.token());
  if (answer.status !== 401) return answer;
  const renewed = await session.token({ renew: true });
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

/** {items, next}; next is the cursor of the page that follows, or nothing. */
export const products = ({ q, category, sort, limit, cursor }, signal) =>
  visitor.products.listProductsV2(
    { search: q || undefined, category: category || undefined, sort: sort || undefined, limit, cursor },
    { signal },
  );

export const product = (id, signal) => visitor.products.getProductV2({ id }, { signal });

const AT_ONCE = 100;

/** Those of these products that are still sold, by their ids. */
export async function productsById(ids, signal) {
  const found = new Map();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const page = await visitor.products.listProductsV2({ ids: ids.slice(from, from + AT_ONCE).join(",") }, { signal });
    page.items.forEach((item) => found.set(item.productId, item));
  }
  return found;
}

export const categories = async (signal) => (await visitor.products.listCategoriesV2({ signal })).items;

export const register = (user, idempotencyKey) => visitor.users.registerUserV2({ userRequestV2: user, idempotencyKey });

export const account = (signal) => shopper.users.getOwnUserV2({}, { signal });

/** All that the shop knows of the shopper, as the API writes it: what this client does not know yet is theirs too. */
export async function everything(signal) {
  const [user, orders, payments, notifications] = await Promise.all([
    asWritten(shopper.users.getOwnUserV2Raw({}, { signal })),
    all((page) => shopper.orders.listOwnOrdersV2Raw(page, { signal })),
    all((page) => shopper.payments.listPaymentsV2Raw(page, { signal })),
    all((page) => shopper.notifications.listNotificationsV2Raw(page, { signal })),
  ]);
  return { exported_at: new Date().toISOString(), user, orders, payments, notifications };
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

/** Where the outcome takes longer, the order is accepted (202), `pending`, and has to be asked for. */
export const placeOrder = (basket, card, idempotencyKey) =>
  shopper.orders.placeOrderV2({
    orderRequestV2: {
      lines: basket.map(({ id, quantity }) => ({ productId: id, quantity })),
      payment: { token: card },
    },
    idempotencyKey,
  });

export const orders = (cursor, signal) => shopper.orders.listOwnOrdersV2({ limit: 20, cursor }, { signal });

export const order = (id, signal) => shopper.orders.getOrderV2({ id }, { signal });

/** Without a key: an order is called off once, however often it is asked for. */
export const cancelOrder = (id) => shopper.orders.cancelOrderV2({ id });
