/* A shopper's orders, and one of them while it happens. */
import * as api from "../js/api.js";
import * as attempt from "../js/attempt.js";
import * as basket from "../js/basket.js";
import { h, when } from "../js/dom.js";
import { format, readable } from "../js/money.js";
import { announce, complain, failedPage, isAbort, missingPage } from "../js/notices.js";
import { advance, go, here } from "../js/router.js";
import * as session from "../js/session.js";
import { humanize, outcomeWords, reasonWords, stepWords } from "../js/words.js";
import { signInFirst } from "./account.js";
import { address } from "./card.js";

const CANCELLABLE = new Set(["pending", "confirmed"]);
const FIRST_LOOK_MS = 500;
const LONGEST_WAIT_MS = 4000;
const PATIENCE_MS = 180_000;
const FILTERS = [
  ["", "All"],
  ["pending", "Open"],
  ["confirmed", "Confirmed"],
  ["cancelled", "Cancelled or declined"],
];

const wordOf = (order) => (attempt.isPending(order) ? "open" : order.status);

const statusWord = (order) => h("span", { class: `status ${wordOf(order)}` }, humanize(order.status));

export async function ordersPage(show, route) {
  if (!session.username()) return signInFirst(here().path);
  const list = new OrderList(route);
  show("Orders", h("h1", {}, "Your orders"), list.filters, list.element, list.after);
  await list.load(route.place.shown);
  route.scroll();
}

/** The orders with one status, or those that one looks back at: attempts that were declined are shown where they are asked for. */
class OrderList {
  element = h("ul", { class: "order-list", "data-testid": "order-list" });
  after = h("div", { class: "after" });
  #route;
  #status;

  constructor(route) {
    this.#route = route;
    this.#status = route.query.get("status") ?? "";
    this.filters = h("div", { class: "chips", role: "group", "aria-label": "Which orders" }, FILTERS.map((filter) => this.#button(filter)));
  }

  #button([status, label]) {
    const chosen = String(status === this.#status);
    const testid = `orders-${status || "all"}`;
    return h("button", { type: "button", class: "chip", "aria-pressed": chosen, "data-testid": testid, onclick: ({ currentTarget }) => this.#look(status, currentTarget) }, label);
  }

  #look(status, button) {
    for (const other of this.filters.children) other.setAttribute("aria-pressed", String(other === button));
    this.#status = status;
    advance(status ? `/orders?${new URLSearchParams({ status })}` : "/orders");
    this.element.replaceChildren();
    this.load();
  }

  load = (count = 0) => this.#append((status) => api.orders(status, count, this.#route.signal));

  async #append(ask) {
    const status = this.#status;
    const { signal, remember } = this.#route;
    try {
      const { items, next } = await ask(status);
      if (status !== this.#status) return;
      this.element.append(...items.map(orderLine));
      remember({ shown: this.element.childElementCount });
      const more = () => this.#append(() => api.moreOrders(status, next, signal));
      this.after.replaceChildren(next ? moreButton(more) : "");
      if (!this.element.firstChild) this.after.append(h("p", { class: "empty" }, status ? "No such orders." : "No orders yet."));
    } catch (failure) {
      if (isAbort(failure) || status !== this.#status) return;
      if (session.username()) complain(this.after, failure, { retry: () => this.#append(ask) });
      else signInFirst("/orders");
    }
  }
}

const moreButton = (onclick) => h("button", { type: "button", class: "quiet", "data-testid": "load-more", onclick }, "Show more");

function orderLine(order) {
  return h(
    "li",
    { "data-testid": "order-line", "data-order-id": order.orderId },
    h("a", { href: `#/orders/${encodeURIComponent(order.orderId)}` }, `Order ${short(order.orderId)}`),
    h("span", { class: "fine" }, when(order.placedAt)),
    statusWord(order),
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
  #wrong = h("div", {});
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
      attempt.see(order);
      if (this.#order && this.#order.status !== order.status) announce(`The order is ${order.status}.`);
      const same = JSON.stringify(this.#order) === JSON.stringify(order);
      this.#order = order;
      // Drawn anew only for news, and not under an open question: it would take the focus away.
      if (!same && !document.querySelector("dialog[open]")) this.#draw();
      return attempt.isPending(order);
    } catch (failure) {
      if (isAbort(failure)) return false;
      if (!session.username()) return signInFirst(this.#path);
      if (this.#order && !failure.isFinal) return true;
      if (failure.isMissing) this.#show("No order", missingPage("There is no such order", "Not in this account, at least.", "#/orders", "To your orders"));
      else this.#show("Order", failedPage(failure, () => this.follow()));
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
      this.#wrong,
      h("button", { type: "button", class: "quiet", "data-testid": "cancel-order", onclick: () => dialog.showModal() }, "Cancel the order"),
      dialog,
    ];
  }

  async #cancel() {
    this.#wrong.replaceChildren();
    try {
      await api.cancelOrder(this.#id);
      await this.follow();
    } catch (failure) {
      if (session.username()) complain(this.#wrong, failure);
      else signInFirst(this.#path);
    }
  }
}

const again = (onclick) => h("button", { type: "button", class: "link", onclick }, "Look again");

const TEXTS = { confirmed: "Paid and set aside for you.", open: "Stock and payment are being settled. This page follows." };

/** How an order stands, wherever it is shown; elsewhere than on its own page with a link to it. */
export function banner(order) {
  const word = wordOf(order);
  const { reason, declineReason } = order.cancellation ?? {};
  const path = `/orders/${encodeURIComponent(order.orderId)}`;
  return h(
    "div",
    { class: `banner ${word}`, tabindex: -1, "data-testid": "order-status", "data-focus": "banner", "data-status": order.status, "data-reason": reason ?? "" },
    h("strong", {}, humanize(order.status)),
    h("p", { "data-testid": "order-reason" }, TEXTS[word] ?? reasonWords(declineReason ?? reason)),
    word !== "cancelled" && here().path !== path && h("p", {}, h("a", { href: `#${path}` }, "See the order")),
  );
}

/** After a refusal the basket is still full; otherwise the goods of this order can be put back into it. */
function refill(order) {
  if (basket.count() > 0) {
    return h("p", {}, h("a", { class: "button primary", href: "#/basket", "data-testid": "back-to-basket" }, "Back to the basket"));
  }
  const wrong = h("div", {});
  const put = async () => {
    try {
      const found = await api.productsById(order.lines.map(({ product }) => product.productId));
      const added = order.lines.filter(({ product: { productId }, quantity }) => found.has(productId) && basket.add(found.get(productId), quantity) > 0);
      if (added.length > 0) go("/basket", added.length < order.lines.length ? "Some of it is no longer to be had." : null);
      else complain(wrong, { title: "Nothing of it is to be had", message: "All of it is sold out, or no longer sold." });
    } catch (failure) {
      complain(wrong, failure);
    }
  };
  return h("div", {}, wrong, h("p", {}, h("button", { type: "button", class: "primary", "data-testid": "buy-again", onclick: put }, "Put it into the basket again")));
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
    h(
      "tfoot",
      {},
      sumRow("Total", totals.total, "order-total"),
      totals.refunded.amount > 0 && [sumRow("Paid back", totals.refunded, "order-refunded"), sumRow("Paid after all", totals.kept, "order-kept")],
    ),
  );
}

const sumRow = (label, sum, testid) =>
  h("tr", {}, h("th", { scope: "row", colspan: 2 }, label), h("td", { class: "number", "data-testid": testid }, format(sum)));

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
          h("p", {}, h("strong", {}, stepWords(step)), outcomeWords(outcome) && ` · ${outcomeWords(outcome)}`),
          h("p", { class: "fine" }, when(at), detail && ` – ${readable(detail)}`),
        ),
      ),
    ),
  );
}
