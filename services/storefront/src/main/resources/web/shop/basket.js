/* The basket, and buying what is in it. */
import * as api from "../js/api.js";
import { attempt } from "../js/attempt.js";
import * as basket from "../js/basket.js";
import { h } from "../js/dom.js";
import { format, times, totals } from "../js/money.js";
import { isAbort, problem, say } from "../js/notices.js";
import { go } from "../js/router.js";
import * as session from "../js/session.js";
import { tile } from "../js/tile.js";
import { signInFirst } from "./account.js";
import { address, isSoldOut } from "./card.js";
import { CARDS } from "./cards.js";

export function basketPage(show, { signal }) {
  const view = new BasketView(show);
  basket.onChange(() => view.draw(), signal);
  session.onChange(() => view.draw(), signal);
  view.draw();
  view.check(signal);
}

class BasketView {
  #show;
  #warnings = new Map();
  #card = CARDS[0].token;
  #failure = null;
  #buying = false;

  constructor(show) {
    this.#show = show;
  }

  draw() {
    const lines = basket.content();
    if (lines.length === 0) {
      this.#show("Basket", emptyBasket());
      return;
    }
    if (isTyping(document.activeElement)) return; // What is typed ends in a change, and that draws.
    const focused = document.activeElement?.getAttribute("data-focus");
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

  /** Prices may have changed and shelves emptied since the products went into the basket. */
  async check(signal) {
    const ids = basket.content().map(({ id }) => id);
    const found = await api.productsById(ids, signal).catch(() => null);
    if (signal.aborted || !found) return; // The order itself would say what is wrong.
    ids.forEach((id) => this.#warnings.set(id, found.has(id) ? shortage(found.get(id)) : gone));
    basket.refresh([...found.values()]);
    if (basket.content().some(({ id, quantity }) => this.#warnings.get(id)?.(quantity))) this.draw();
  }

  #line({ id, name, category, price, quantity }) {
    const warning = this.#warnings.get(id)?.(quantity);
    const set = (value) => basket.setQuantity(id, value);
    return h(
      "li",
      { class: "line", "data-testid": "basket-line", "data-product-id": id },
      h("div", { class: "line-picture" }, tile({ name, category })),
      h(
        "div",
        { class: "line-text" },
        h("a", { href: address(id) }, name),
        h("p", { class: "fine" }, `${format(price)} each`),
        warning && h("p", { class: "warning", "data-testid": "line-warning" }, warning),
      ),
      h(
        "div",
        { class: "stepper" },
        stepButton("−", `One ${name} less`, `less-${id}`, quantity <= 1, () => set(quantity - 1)),
        h("input", {
          type: "number",
          min: 1,
          max: 999,
          value: quantity,
          inputmode: "numeric",
          "aria-label": `Quantity of ${name}`,
          "data-testid": "line-quantity",
          "data-focus": `quantity-${id}`,
          onchange: ({ target }) => {
            target.defaultValue = target.value;
            set(Number(target.value));
          },
        }),
        stepButton("+", `One ${name} more`, `more-${id}`, false, () => set(quantity + 1)),
      ),
      h("p", { class: "line-total" }, format(times(price, quantity))),
      h(
        "button",
        { type: "button", class: "link", "aria-label": `Remove ${name}`, "data-testid": "remove-line", onclick: () => this.#remove(id, name) },
        "Remove",
      ),
    );
  }

  #remove(id, name) {
    basket.remove(id);
    say(`${name} is no longer in the basket.`);
    document.getElementById("main").focus({ preventScroll: true });
  }

  #summary(lines) {
    const sums = totals(lines.map(({ price, quantity }) => times(price, quantity)));
    return h(
      "form",
      { class: "panel summary", method: "post", "data-testid": "checkout-form", onsubmit: (event) => this.#submit(event) },
      h("h2", {}, "Check out"),
      h("dl", { class: "sums" }, h("dt", {}, "Total"), h("dd", { "data-testid": "basket-total" }, sums.map(format).join(" + "))),
      session.username() ? this.#payment() : this.#signIn(),
      this.#failure && problem(this.#failure),
    );
  }

  #payment() {
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
      h(
        "button",
        { type: "submit", class: "primary wide", disabled: this.#buying, "data-testid": "checkout", "data-focus": "checkout" },
        this.#buying ? "Placing the order…" : "Place the order",
      ),
    ];
  }

  #signIn() {
    return [
      h("p", {}, "Orders belong to an account."),
      h("button", { type: "submit", class: "primary wide", "data-testid": "checkout" }, "Sign in to check out"),
    ];
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#buying) return;
    if (!session.username()) {
      signInFirst("/basket");
      return;
    }
    this.#state({ buying: true, failure: null });
    try {
      await this.#buy(basket.content());
    } catch (failure) {
      if (!isAbort(failure)) this.#state({ buying: false, failure: explained(failure) });
    }
  }

  async #buy(lines) {
    const card = this.#card;
    const order = await attempt(session.username(), lines, card, (key) => api.placeOrder(lines, card, key));
    // A refused order leaves the basket as it was, for another card; an open one may still become either.
    if (order.status !== "cancelled") basket.clear();
    go(`/orders/${encodeURIComponent(order.orderId)}`);
  }

  #state({ buying, failure }) {
    this.#buying = buying;
    this.#failure = failure;
    this.draw();
  }
}

function stepButton(text, label, focus, disabled, onclick) {
  return h("button", { type: "button", class: "step", "aria-label": label, "data-focus": focus, disabled, onclick }, text);
}

const isTyping = (element) => element?.getAttribute("data-testid") === "line-quantity" && element.value !== element.defaultValue;

const shortage = (product) => (quantity) => {
  if (isSoldOut(product)) return "Sold out at the moment";
  if (product.stock.available < quantity) return `Only ${product.stock.available} in stock`;
  return null;
};

const gone = () => "No longer sold";

/** Nobody knows whether the order was placed; say that asking again is safe, because it is. */
function explained(failure) {
  if (!failure.isFinal && failure.status !== 401) {
    failure.message = `${failure.message} Placing it again is safe: the same order is never taken twice.`;
  }
  return failure;
}

const emptyBasket = () =>
  h(
    "section",
    { class: "narrow", "data-testid": "basket-empty" },
    h("h1", {}, "Your basket is empty"),
    h("p", {}, "Fill it from the shelves; it waits for you in this browser."),
    h("a", { class: "button primary", href: "#/" }, "To the shop"),
  );
