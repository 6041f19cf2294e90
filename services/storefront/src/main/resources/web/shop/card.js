/* How a product looks wherever it stands on a shelf. */
import * as basket from "../js/basket.js";
import { h } from "../js/dom.js";
import { format } from "../js/money.js";
import { say } from "../js/notices.js";
import { tile } from "../js/tile.js";

const FEW = 5;

export const address = (id) => `#/products/${encodeURIComponent(id)}`;

export const isSoldOut = ({ stock }) => stock.state === "sold_out";

export function stockLine(product) {
  if (isSoldOut(product)) return h("span", { class: "stock none", "data-testid": "stock" }, "Sold out");
  const { available } = product.stock;
  const few = available <= FEW;
  return h("span", { class: few ? "stock few" : "stock", "data-testid": "stock" }, few ? `Only ${available} left` : "In stock");
}

export function addButton(product, quantity = () => 1) {
  const add = () => {
    basket.add(product, quantity());
    say(`${product.name} is in the basket.`);
  };
  return h(
    "button",
    {
      type: "button",
      class: "primary",
      disabled: isSoldOut(product),
      "aria-label": `Add ${product.name} to the basket`,
      "data-testid": "add-to-basket",
      onclick: add,
    },
    "Add to basket",
  );
}

export function card(product) {
  return h(
    "li",
    { class: "card", "data-testid": "product-card", "data-product-id": product.productId },
    h("div", { class: "card-picture" }, tile(product)),
    h(
      "div",
      { class: "card-text" },
      product.category && h("p", { class: "shelf" }, product.category),
      h("h2", {}, h("a", { href: address(product.productId), "data-testid": "product-name" }, product.name)),
      product.description && h("p", { class: "card-description" }, product.description),
    ),
    h(
      "div",
      { class: "card-foot" },
      h("p", { class: "price-row" }, h("span", { class: "price", "data-testid": "price" }, format(product.price)), stockLine(product)),
      addButton(product),
    ),
  );
}
