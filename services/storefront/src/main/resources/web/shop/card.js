/* How a product looks wherever it stands on a shelf. */
import * as basket from "../js/basket.js";
import { h } from "../js/dom.js";
import { format } from "../js/money.js";
import { announce } from "../js/notices.js";
import { tile } from "../js/tile.js";

const FEW = 5;

export const address = (id) => `#/products/${encodeURIComponent(id)}`;

export const isSoldOut = ({ stock }) => stock.state === "sold_out" || stock.available < 1;

export function stockLine(product) {
  if (isSoldOut(product)) return h("span", { class: "stock none", "data-testid": "stock" }, "Sold out");
  const { available } = product.stock;
  const few = available <= FEW;
  return h("span", { class: few ? "stock few" : "stock", "data-testid": "stock" }, few ? `Only ${available} left` : "In stock");
}

/** Puts products into the basket, and tells below how many are there: what is said stands where one looks, and as long as it is true. */
export function addButton(product, signal, quantity = () => 1) {
  const told = h("p", { class: "told fine", "data-testid": "in-basket" });
  const button = h(
    "button",
    { type: "button", class: "primary", disabled: isSoldOut(product), "data-testid": "add-to-basket", onclick: add },
    "Add to basket",
    h("span", { class: "unseen" }, `: ${product.name}`),
  );

  function add() {
    basket.add(product, quantity());
    draw();
    announce(`${product.name}: ${told.textContent}`);
  }

  function draw() {
    const count = basket.quantityOf(product.productId);
    const most = basket.most(product);
    told.textContent = [count > 0 && `${count} in the basket.`, count > 0 && count >= most && `More than ${most} can't be had.`].filter(Boolean).join(" ");
  }

  draw();
  basket.onChange(draw, signal);
  return [button, told];
}

export function card(product, signal) {
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
      addButton(product, signal),
    ),
  );
}
