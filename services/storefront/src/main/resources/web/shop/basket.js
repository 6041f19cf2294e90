/* The basket, and buying what is in it. */
import * as api from "../js/api.js";
import * as attempt from "../js/attempt.js";
import * as basket from "../js/basket.js";
import { h } from "../js/dom.js";
import { persistently } from "../js/http.js";
import { format, isSame, times, totals } from "../js/money.js";
import { announce, isAbort, problem } from "../js/notices.js";
import { go } from "../js/router.js";
import * as session from "../js/session.js";
import { tile } from "../js/tile.js";
import { fieldWords } from "../js/words.js";
import { signInFirst } from "./account.js";
import { address } from "./card.js";
import { CARDS } from "./cards.js";
import { banner } from "./orders.js";

const FIRST_LOOK_MS = 500;
const LONGEST_WAIT_MS = 4000;

export function basketPage(show, { signal }) {
  const view = new BasketView(show, signal);
  basket.onChange(() => view.draw(), signal);
  attempt.onChange(() => view.follow(), signal);
  document.addEventListener("visibilitychange", () => document.hidden || view.check(), { signal });
  view.draw();
  view.check();
  view.follow();
}

class BasketView {
  #show;
  #signal;
  #notes = new Map();
  #card = CARDS[0].token;
  #outcome = null;
  #failure = null;
  #buying = false;
  #asking = false;

  constructor(show, signal) {
    this.#show = show;
    this.#signal = signal;
  }

  draw() {
    const lines = basket.content();
    if (isTyping(document.activeElement)) return; // What is typed ends in a change, and that draws.
    const focused = document.activeElement?.getAttribute("data-focus");
    if (lines.length === 0) this.#show("Basket", this.#outcome ? afterwards(this.#outcome) : emptyBasket());
    else
      this.#show(
        "Basket",
        h("h1", {}, "Your basket"),
        h(
          "div",
          { class: "checkout" },
          h("ul", { class: "lines", "data-testid": "basket-lines" }, lines.map((line) => this.#line(line))),
          this.#summary(lines),
        ),
      );
    // Drawn anew, but who was using the keyboard stays where they were.
    if (focused) document.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Takes over what the shop has now; true where that is not what was shown. */
  async check() {
    const found = await api.productsById(basket.content().map(({ id }) => id), this.#signal).catch(() => null);
    if (this.#signal.aborted || !found) return false; // The order itself would say what is wrong.
    const isNews = basket.refresh([...found.values()]);
    basket.content().forEach(({ id, quantity, available }) => available > 0 && quantity > available && this.#set(id, quantity));
    return isNews;
  }

  /** While nobody knows what became of an attempt, asks until it is known, and shows it. */
  async follow() {
    const key = attempt.openKey();
    if (this.#asking || this.#buying || !key || !session.username()) return;
    this.#asking = true;
    this.draw();
    for (let wait = FIRST_LOOK_MS; this.#asking; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
      const find = () => api.orderByKey(key, this.#signal);
      const order = await persistently(() => attempt.ask(key, find), this.#signal, (failure) => this.#state({ failure }));
      if (this.#signal.aborted) return;
      this.#asking = Boolean(order && attempt.isPending(order));
      this.#tell(order);
      if (this.#asking) await new Promise((done) => setTimeout(done, wait));
    }
  }

  /** What became of an attempt: an order, null for nothing, undefined where another tab has told. */
  #tell(order) {
    if (order === undefined) return this.draw();
    if (order === null) return this.#state({ failure: NOTHING_ORDERED });
    if (this.#failure || JSON.stringify(order) !== JSON.stringify(this.#outcome)) this.#state({ failure: null, outcome: order });
    if (order.cancellation?.reason === "out_of_stock") this.check();
  }

  #line({ id, name, category, price, was, quantity, available, gone }) {
    const set = (value) => this.#set(id, value);
    const warning = gone ? "No longer sold" : available === 0 ? "Sold out at the moment" : this.#notes.get(id);
    return h(
      "li",
      { class: "line", "data-testid": "basket-line", "data-product-id": id },
      h("div", { class: "line-picture" }, tile({ name, category })),
      h(
        "div",
        { class: "line-text" },
        h("a", { href: address(id) }, name),
        h("p", { class: "fine" }, `${format(price)} each`),
        was && h("p", { class: "warning", "data-testid": "line-price-changed" }, `The price has changed: ${format(was)} before, ${format(price)} now.`),
        warning && h("p", { class: "warning", "data-testid": "line-warning" }, warning),
      ),
      h(
        "div",
        { class: "stepper" },
        stepButton("−", `One ${name} less`, `less-${id}`, quantity <= 1, () => set(quantity - 1)),
        h("input", {
          type: "number",
          min: 1,
          max: available || 999,
          value: quantity,
          inputmode: "numeric",
          "aria-label": `Quantity of ${name}`,
          "data-testid": "line-quantity",
          "data-focus": `quantity-${id}`,
          onchange: ({ target }) => {
            const wanted = Number(target.value);
            target.value = target.defaultValue;
            set(wanted);
          },
        }),
        stepButton("+", `One ${name} more`, `more-${id}`, quantity >= available, () => set(quantity + 1)),
      ),
      h("p", { class: "line-total" }, format(times(price, quantity))),
      h(
        "button",
        { type: "button", class: "link", "data-testid": "remove-line", onclick: () => this.#remove(id, name) },
        "Remove",
        h("span", { class: "unseen" }, ` ${name}`),
      ),
    );
  }

  /** As many as wanted, or as there are; which it was is told at the line. */
  #set(id, wanted) {
    const { name, available } = basket.content().find((line) => line.id === id) ?? {};
    this.#notes.delete(id);
    if (wanted > available) this.#notes.set(id, `There are only ${available}`);
    const quantity = basket.setQuantity(id, wanted);
    announce(`${name}: ${quantity}. ${this.#notes.get(id) ?? ""}`);
  }

  #remove(id, name) {
    basket.remove(id);
    announce(`${name} is no longer in the basket.`);
    document.getElementById("main").focus({ preventScroll: true });
  }

  #summary(lines) {
    const sums = totals(lines.map(({ price, quantity }) => times(price, quantity)));
    const blocked = hindrances(lines, sums);
    return h(
      "form",
      { class: "panel summary", method: "post", "data-testid": "checkout-form", onsubmit: (event) => this.#submit(event, lines, sums[0]) },
      h("h2", {}, "Check out"),
      h("dl", { class: "sums" }, h("dt", {}, "Total"), h("dd", { "data-testid": "basket-total" }, sums.map(format).join(" + "))),
      session.username() ? this.#payment(sums, blocked) : this.#signIn(),
    );
  }

  #payment(sums, blocked) {
    if (this.#asking) return this.#told(blocked);
    const choose = (event) => (this.#card = event.target.value);
    return [
      h(
        "fieldset",
        { class: "cards", "data-testid": "cards", disabled: this.#buying },
        h("legend", {}, "Pay with"),
        CARDS.map(({ token, label, hint }) =>
          h(
            "label",
            { class: "card-choice" },
            h("input", {
              type: "radio",
              name: "card",
              value: token,
              checked: token === this.#card,
              onchange: choose,
              "data-testid": `card-${token}`,
              "data-focus": `card-${token}`,
            }),
            h("span", {}, label, h("small", {}, hint)),
          ),
        ),
      ),
      this.#told(blocked),
      h(
        "button",
        { type: "submit", class: "primary wide", disabled: this.#buying || blocked.length > 0, "data-testid": "checkout", "data-focus": "checkout" },
        this.#buying ? "Placing the order…" : `Place the order for ${sums.map(format).join(" + ")}`,
      ),
    ];
  }

  /** What there is to say stands above the button, where one looks who has pressed it. */
  #told(blocked) {
    return [
      this.#outcome && banner(this.#outcome),
      this.#failure && problem(this.#failure, { details: this.#failure.details }),
      this.#asking && !this.#outcome && !this.#failure && h("p", { role: "status", "data-testid": "asking" }, "An order is under way. We are asking what became of it…"),
      blocked.length > 0 && h("div", { class: "problem", "data-testid": "hindrances" }, blocked.map((words) => h("p", {}, words))),
    ];
  }

  #signIn() {
    return [
      h("p", {}, "Orders belong to an account."),
      h("button", { type: "submit", class: "primary wide", "data-testid": "checkout" }, "Sign in to check out"),
    ];
  }

  async #submit(event, lines, total) {
    event.preventDefault();
    if (this.#buying) return;
    if (!session.username()) {
      signInFirst("/basket");
      return;
    }
    this.#state({ buying: true, failure: null, outcome: null });
    try {
      await this.#buy(lines, total);
    } catch (failure) {
      if (!isAbort(failure)) this.#fail(failure, lines);
    }
  }

  /** Only at the prices and numbers that were shown. */
  async #buy(lines, total) {
    if (await this.check()) return this.#state({ buying: false, failure: CHANGED });
    const order = await attempt.place(lines, (key) => api.placeOrder(lines, total, this.#card, key));
    if (order && order.status !== "cancelled") return go(`/orders/${encodeURIComponent(order.orderId)}`);
    this.#state({ buying: false });
    if (order) this.#tell(order); // The basket is as it was, for another card.
    else if (attempt.isOpen()) this.follow(); // Another tab was faster.
    else this.#state({ failure: CHANGED });
  }

  #fail(failure, lines) {
    const isPrice = failure.type === "price-changed";
    if (isPrice) basket.newPrices(failure.document.lines.map(({ product_id: id, price }) => [id, price]));
    failure.details = isPrice ? priceWords(failure.document) : failure.errors?.map((error) => lineWords(error, lines)).filter(Boolean);
    this.#state({ buying: false, failure });
    if (attempt.isOpen()) this.follow();
    else this.check();
  }

  #state(change) {
    if ("buying" in change) this.#buying = change.buying;
    if ("failure" in change) this.#failure = change.failure;
    if ("outcome" in change) this.#outcome = change.outcome;
    this.draw();
    if (!change.failure && !change.outcome) return;
    const told = document.querySelector("main .problem, main .banner");
    told?.focus({ preventScroll: true });
    told?.scrollIntoView({ block: "nearest" });
  }
}

const CHANGED = {
  title: "The basket has changed",
  message: "Nothing was ordered: prices, stock or quantities are not what was shown. Look at it again, and order if you agree.",
};

const NOTHING_ORDERED = { title: "Nothing was ordered", message: "Your order did not get through, and nothing was charged. You can place it now." };

const priceWords = ({ lines, expected_total: before, total }) => [
  ...lines
    .filter(({ price, expected_price: seen }) => seen && !isSame(price, seen))
    .map(({ name, price, expected_price: seen }) => `${name}: ${format(seen)} before, ${format(price)} now.`),
  ...(before ? [`Total: ${format(before)} before, ${format(total)} now.`] : []),
];

/** What the shop refused, by the product's name. */
function lineWords({ pointer, detail }, lines) {
  const [, place, field] = /^\/lines\/(\d+)\/(\w+)/.exec(pointer) ?? [];
  const name = lines[place]?.name;
  if (name) return field === "product_id" ? `${name} is no longer sold.` : fieldWords(name, detail);
  if (pointer.startsWith("/payment")) return "This card can't be used. Choose another one.";
  return pointer === "/lines" ? fieldWords("The products", detail) : null;
}

/** What has to be put right before these can be ordered. */
const hindrances = (lines, sums) => [
  ...lines.filter(({ gone }) => gone).map(({ name }) => `${name} is no longer sold. Remove it to go on.`),
  ...lines.filter(({ gone, available }) => !gone && available === 0).map(({ name }) => `${name} is sold out. Remove it to go on.`),
  ...(sums.length > 1 ? ["Products in several currencies can't be ordered together. Order them one after the other."] : []),
];

function stepButton(text, label, focus, disabled, onclick) {
  return h("button", { type: "button", class: "step", "aria-label": label, "data-focus": focus, disabled, onclick }, text);
}

const isTyping = (element) => element?.getAttribute("data-testid") === "line-quantity" && element.value !== element.defaultValue;

const toTheShop = () => h("p", {}, h("a", { class: "button primary", href: "#/" }, "To the shop"));

const afterwards = (order) => h("section", { class: "narrow" }, h("h1", {}, "Your basket"), banner(order), toTheShop());

const emptyBasket = () =>
  h(
    "section",
    { class: "narrow", "data-testid": "basket-empty" },
    h("h1", {}, "Your basket is empty"),
    h("p", {}, "Fill it from the shelves; it waits for you in this browser."),
    toTheShop(),
  );
