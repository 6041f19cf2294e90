/* A shopper's orders, and one of them while it happens. */
import * as api from "../js/api.js";
import * as basket from "../js/basket.js";
import { h, humanize, when } from "../js/dom.js";
import { format } from "../js/money.js";
import { failedPage, isAbort, problem, say } from "../js/notices.js";
import { here } from "../js/router.js";
import * as session from "../js/session.js";
import { signInFirst } from "./account.js";
import { address } from "./card.js";

const OPEN = new Set(["pending", "processing", "confirming", "cancelling"]);
const CANCELLABLE = new Set(["pending", "confirmed"]);
const FIRST_LOOK_MS = 500;
const LONGEST_WAIT_MS = 4000;
const PATIENCE_MS = 180_000;

const REASONS = {
  payment_declined: "The card was declined. Nothing was charged.",
  insufficient_funds: "The card was declined: insufficient funds. Nothing was charged.",
  expired_card: "The card was declined: it has expired. Nothing was charged.",
  out_of_stock: "There is not enough in stock. Nothing was charged.",
  timed_out: "The bank gave no answer in time. Whatever it took is paid back.",
  cancelled_by_customer: "Cancelled as you asked. Whatever was charged is paid back.",
};

const statusWord = (status) => h("span", { class: `status ${OPEN.has(status) ? "open" : status}` }, humanize(status));

export async function ordersPage(show, route) {
  if (!session.username()) return signInFirst("/orders");
  const list = h("ul", { class: "order-list", "data-testid": "order-list" });
  const after = h("div", { class: "after" });
  const load = async (cursor) => {
    try {
      const page = await api.orders(cursor, route.signal);
      list.append(...page.items.map(orderLine));
      after.replaceChildren(...(page.next ? [moreButton(() => load(page.next))] : []));
      if (!list.firstChild) after.append(h("p", { class: "empty" }, "No orders yet."));
    } catch (failure) {
      if (isAbort(failure)) return;
      if (!session.username()) return signInFirst("/orders");
      after.replaceChildren(problem(failure, { retry: () => load(cursor) }));
    }
  };
  show("Orders", h("h1", {}, "Your orders"), list, after);
  await load();
}

const moreButton = (onclick) => h("button", { type: "button", class: "quiet", "data-testid": "load-more", onclick }, "Show more");

function orderLine(order) {
  return h(
    "li",
    { "data-testid": "order-line", "data-order-id": order.orderId },
    h("a", { href: `#/orders/${encodeURIComponent(order.orderId)}` }, `Order ${short(order.orderId)}`),
    h("span", { class: "fine" }, when(order.placedAt)),
    statusWord(order.status),
    h("span", { class: "price" }, format(order.totals.total)),
  );
}

/** Ids begin with the time and end at random: the end is what tells two orders apart. */
const short = (id) => `…${String(id).slice(-8)}`;

export async function orderPage(show, route) {
  if (!session.username()) return signInFirst(here().path);
  await new OrderView(show, route).follow();
}

class OrderView {
  #show;
  #id;
  #signal;
  #path = here().path;
  #failure = null;
  #order = null;

  constructor(show, { parameters, signal }) {
    this.#show = show;
    this.#id = parameters[0];
    this.#signal = signal;
  }

  /** Looks until the order has ended, less and less often, and not for ever. */
  async follow() {
    const until = Date.now() + PATIENCE_MS;
    for (let wait = FIRST_LOOK_MS; await this.#look(); wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
      if (Date.now() > until) return this.#draw({ tired: true });
      await new Promise((done) => setTimeout(done, wait));
    }
  }

  /** True where another look is worth while. */
  async #look() {
    try {
      const order = await api.order(this.#id, this.#signal);
      if (this.#order && this.#order.status !== order.status) say(`The order is ${order.status}.`);
      const same = JSON.stringify(this.#order) === JSON.stringify(order);
      this.#order = order;
      // Drawn anew only for news, and not under an open question: it would take the focus away.
      if (!same && !document.querySelector("dialog[open]")) this.#draw();
      return OPEN.has(order.status);
    } catch (failure) {
      if (isAbort(failure)) return false;
      if (!session.username()) return signInFirst(this.#path);
      if (this.#order && !failure.isFinal) return true;
      this.#show("Order", failedPage(failure, () => this.follow()));
      return false;
    }
  }

  #draw({ tired = false } = {}) {
    const order = this.#order;
    this.#show(
      "Order",
      h(
        "article",
        { class: "order", "data-testid": "order", "data-order-id": order.orderId },
        h("p", { class: "fine" }, h("a", { href: "#/orders" }, "Your orders")),
        h("h1", {}, `Order ${short(order.orderId)}`),
        banner(order),
        tired && h("p", {}, "This takes longer than usual. ", again(() => this.follow())),
        order.status === "cancelled" && refill(order),
        this.#failure && problem(this.#failure),
        lineTable(order),
        CANCELLABLE.has(order.status) && this.#cancelButton(),
        timeline(order.timeline),
        h("p", { class: "fine" }, "Order number ", h("code", { "data-testid": "order-id" }, order.orderId)),
      ),
    );
  }

  #cancelButton() {
    const dialog = h(
      "dialog",
      { "aria-labelledby": "cancel-title" },
      h("h2", { id: "cancel-title" }, "Cancel this order?"),
      h("p", {}, "What was charged is paid back."),
      h(
        "form",
        { method: "dialog", class: "dialog-foot" },
        h("button", { class: "quiet" }, "Keep it"),
        h("button", { class: "danger", value: "cancel", "data-testid": "confirm-cancel" }, "Cancel the order"),
      ),
    );
    dialog.addEventListener("close", () => dialog.returnValue === "cancel" && this.#cancel());
    return [
      h("button", { type: "button", class: "quiet", "data-testid": "cancel-order", onclick: () => dialog.showModal() }, "Cancel the order"),
      dialog,
    ];
  }

  async #cancel() {
    try {
      await api.cancelOrder(this.#id);
      this.#failure = null;
    } catch (failure) {
      this.#failure = failure;
    }
    this.#draw();
    await this.follow();
  }
}

const again = (onclick) => h("button", { type: "button", class: "link", onclick }, "Look again");

function banner({ status, cancellation }) {
  const reason = cancellation?.reason;
  const word = OPEN.has(status) ? "open" : status;
  const text = {
    confirmed: "Paid and set aside for you.",
    open: "Stock and payment are being settled. This page follows.",
    cancelled: (REASONS[reason] ?? humanize(reason)) || "This order was cancelled.",
  }[word];
  return h(
    "div",
    { class: `banner ${word}`, "data-testid": "order-status", "data-status": status, "data-reason": reason ?? "" },
    h("strong", {}, humanize(status)),
    h("p", { "data-testid": "order-reason" }, text ?? humanize(reason)),
  );
}

/** After a refusal the basket is still full; otherwise the goods of this order can be put back into it. */
function refill(order) {
  if (basket.count() > 0) {
    return h("p", {}, h("a", { class: "button primary", href: "#/basket", "data-testid": "back-to-basket" }, "Back to the basket"));
  }
  const put = async () => {
    try {
      const found = await api.productsById(order.lines.map(({ product }) => product.productId));
      order.lines.forEach(({ product, quantity }) => found.has(product.productId) && basket.add(found.get(product.productId), quantity));
      location.hash = "/basket";
    } catch (failure) {
      say(failure.message);
    }
  };
  return h("p", {}, h("button", { type: "button", class: "primary", "data-testid": "buy-again", onclick: put }, "Put it into the basket again"));
}

function lineTable({ lines, totals }) {
  return h(
    "table",
    { class: "items" },
    h("caption", {}, "Goods"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Product"), h("th", { scope: "col", class: "number" }, "Quantity"), h("th", { scope: "col", class: "number" }, "Price"))),
    h(
      "tbody",
      {},
      lines.map(({ product, quantity, lineTotal }) =>
        h(
          "tr",
          { "data-testid": "order-item" },
          h("td", {}, h("a", { href: address(product.productId) }, product.name)),
          h("td", { class: "number" }, String(quantity)),
          h("td", { class: "number" }, format(lineTotal)),
        ),
      ),
    ),
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row", colspan: 2 }, "Total"), h("td", { class: "number", "data-testid": "order-total" }, format(totals.total)))),
  );
}

function timeline(steps) {
  if (!steps?.length) return null;
  return h(
    "section",
    {},
    h("h2", {}, "What happened"),
    h(
      "ol",
      { class: "timeline", "data-testid": "timeline" },
      steps.map(({ at, step, outcome, detail }) =>
        h(
          "li",
          { "data-step": step, "data-outcome": outcome },
          h("p", {}, h("strong", {}, humanize(step)), outcome && ` · ${humanize(outcome).toLowerCase()}`),
          h("p", { class: "fine" }, when(at), detail && ` – ${detail}`),
        ),
      ),
    ),
  );
}
