/* The public API as this shop uses it. Whoever reads this file knows every call that the page makes. */
import { Problem, request } from "./http.js";
import * as session from "./session.js";

function query(path, parameters) {
  const known = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return known.length ? `${path}?${new URLSearchParams(known)}` : path;
}

function post(body, key) {
  const headers = { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }) };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

/** A call in the shopper's name. A token that was refused is renewed once; if that fails, nobody is signed in any more. */
async function authorized(path, options = {}) {
  const withToken = async (bearer) =>
    // What belongs to one shopper does not stay on the disk of a shared computer.
    request(path, { ...options, cache: "no-store", headers: { ...options.headers, ...(bearer && { Authorization: `Bearer ${bearer}` }) } });
  try {
    return await withToken(await session.token());
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.status !== 401) throw failure;
    const renewed = await session.token({ renew: true });
    if (!renewed) throw failure;
    return withToken(renewed);
  }
}

/** {items, next}; next is the cursor of the page that follows, or nothing. */
export async function products(filter, signal) {
  const { data } = await request(query("/v1/products", filter), { signal });
  return { items: data.items ?? [], next: data.next ?? null };
}

export async function product(id, signal) {
  return (await request(`/v1/products/${encodeURIComponent(id)}`, { signal })).data;
}

/** [{value, label, count}], whether the API answers plain names or objects. */
export async function categories(signal) {
  const { data } = await request("/v1/categories", { signal });
  return (data.items ?? (Array.isArray(data) ? data : [])).map((category) =>
    typeof category === "string"
      ? { value: category, label: category }
      : { value: category.slug ?? category.name, label: category.name ?? category.slug, count: category.products },
  );
}

export async function register(user, key) {
  return (await request("/v1/users", post(user, key))).data;
}

export async function account(signal) {
  return (await authorized("/v2/users/me", { signal })).data;
}

/** All that the shop knows of the shopper, in the shapes of version 2. */
export async function everything(signal) {
  const [user, orders, payments, notifications] = await Promise.all([
    account(signal),
    all("/v2/orders", signal),
    all("/v2/payments", signal),
    all("/v2/notifications", signal),
  ]);
  return { exported_at: new Date().toISOString(), user, orders, payments, notifications };
}

/** Every page of a list, one after the other. */
async function all(path, signal) {
  const items = [];
  let cursor;
  do {
    const { data } = await authorized(query(path, { limit: 100, cursor }), { signal });
    items.push(...(data.items ?? []));
    cursor = data.next;
  } while (cursor);
  return items;
}

/** Forgets the shopper; orders stay, and are nobody's. */
export const eraseAccount = () => authorized("/v2/users/me", { method: "DELETE" });

/** Asks for a link by e-mail; the answer does not say whether there is such an account. */
export const forgotPassword = (email) => request("/v2/password-resets", post({ email_address: email }));

export const setPassword = (token, password) => request("/v2/password-resets/redemptions", post({ token, password }));

/** {order, settled}: not settled (202) means that the order is accepted and its outcome has to be asked for. */
export async function placeOrder(lines, card, key) {
  const items = lines.map(({ id, quantity }) => ({ product_id: id, quantity }));
  const { status, data } = await authorized("/v1/orders", post({ items, payment: { token: card } }, key));
  return { order: data, settled: status !== 202 };
}

export async function orders(cursor, signal) {
  const { data } = await authorized(query("/v1/orders", { limit: 20, cursor }), { signal });
  return { items: data.items ?? [], next: data.next ?? null };
}

export async function order(id, signal) {
  return (await authorized(`/v1/orders/${encodeURIComponent(id)}`, { signal })).data;
}

export async function cancelOrder(id, key) {
  return (await authorized(`/v1/orders/${encodeURIComponent(id)}/cancel`, post({}, key))).data;
}
