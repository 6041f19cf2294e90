// A tour of the shop with the generated client.
//
//   npm ci --prefix api-specs && mvn -q -pl api-specs/clients/typescript package
//   . env/local/data/credentials.env
//   ADMIN_USERNAME=$ADMIN_USERNAME ADMIN_PASSWORD=$ADMIN_PASSWORD node api-specs/clients/typescript/example/tour.mjs
//
// The shop is http://127.0.0.1:8080, or what the first argument says.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Configuration,
  IdentityApi,
  NotificationsV2Api,
  OrdersV2Api,
  PaymentsV2Api,
  ProductsV2Api,
  RefundsV2Api,
  ResponseError,
  UsersV1Api,
  UsersV2Api,
} from '../target/emporion-client/dist/index.js';

const basePath = process.argv[2] ?? 'http://127.0.0.1:8080';
const anybody = new Configuration({ basePath });

async function signIn(username, password) {
  const tokens = await new IdentityApi(anybody).issueToken({ grantType: 'password', username, password });
  return new Configuration({ basePath, accessToken: `Bearer ${tokens.accessToken}` });
}

// Repeats with the same key until the shop has answered, which happens once then.
async function place(orders, token, ...lines) {
  const request = { idempotencyKey: randomUUID(), orderRequestV2: { lines, payment: { token } } };
  for (let tries = 1; ; tries++) {
    try {
      return await ended(orders, await orders.placeOrderV2(request));
    } catch (error) {
      const busy = error instanceof ResponseError && [429, 503, 504].includes(error.response.status);
      if (!busy || tries === 30) throw error;
      await sleep(1000);
    }
  }
}

async function ended(orders, order) {
  while (order.status === 'pending') {
    await sleep(500);
    order = await orders.getOrderV2({ id: order.orderId });
  }
  return order;
}

function expect(what, actual, wanted) {
  console.log(what.padEnd(32), actual);
  assert.equal(actual, wanted, what);
}

const [product] = (await new ProductsV2Api(anybody).listProductsV2({ search: 'olive', limit: 1 })).items;
console.log('a product'.padEnd(32), product.name, product.price.amount / 100, product.price.currency);

const username = `typescript-${randomUUID().slice(0, 13)}`;
const password = randomUUID();
const user = await new UsersV2Api(anybody).registerUserV2({
  userRequestV2: { username, emailAddress: `${username}@example.org`, password },
});
const me = await signIn(username, password);
expect('the same in version 1', (await new UsersV1Api(me).getOwnUserV1()).id, user.userId);

const orders = new OrdersV2Api(me);
const line = { productId: product.productId, quantity: 2 };
const order = await place(orders, 'tok_visa', line);
expect('an order', order.status, 'confirmed');
expect('what it costs', order.totals.total.amount, 2 * product.price.amount);
const { timeline } = await orders.getOrderV2({ id: order.orderId });
expect('its last step', timeline.at(-1).step, 'confirm');

const declined = await place(orders, 'tok_visa_declined', line);
expect('a declined card', declined.cancellation.reason, 'payment_declined');
const tooMany = await place(orders, 'tok_visa', { ...line, quantity: 9999 });
expect('more than there is', tooMany.cancellation.reason, 'out_of_stock');
const regretted = await place(orders, 'tok_visa', line);
const calledOff = await ended(orders, await orders.cancelOrderV2({ id: regretted.orderId }));
expect('an order that was called off', calledOff.status, 'cancelled');

const missing = await orders.getOrderV2({ id: randomUUID() }).catch((error) => error);
expect('an order that is not there', missing.response.status, 404);

const [payment] = (await new PaymentsV2Api(me).listPaymentsV2({ orderId: order.orderId })).items;
if (process.env.ADMIN_PASSWORD) {
  const admin = await signIn(process.env.ADMIN_USERNAME, process.env.ADMIN_PASSWORD);
  const refund = await new RefundsV2Api(admin).refundPaymentV2({
    id: payment.paymentId,
    idempotencyKey: randomUUID(),
    refundRequestV2: { amount: { amount: 100, currency: product.price.currency } },
  });
  expect('a part paid back', refund.amount.amount, 100);
}

let told = false;
for (let tries = 0; tries < 60 && !told; tries++) {
  const mails = (await new NotificationsV2Api(me).listNotificationsV2()).items;
  told = mails.some((mail) => mail.kind === 'order_confirmed');
  if (!told) await sleep(500);
}
expect('the mail about it', told, true);
