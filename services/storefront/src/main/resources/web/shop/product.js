/* One product, large. */
import * as api from "../js/api.js";
import * as basket from "../js/basket.js";
import { h } from "../js/dom.js";
import { format } from "../js/money.js";
import { failedPage, isAbort, missingPage } from "../js/notices.js";
import { tile } from "../js/tile.js";
import { addButton, isSoldOut, stockLine } from "./card.js";

export async function productPage(show, route) {
  const { parameters, signal } = route;
  try {
    const product = await api.product(parameters[0], signal);
    show(product.name, detail(product, signal));
  } catch (failure) {
    if (isAbort(failure)) return;
    if (failure.isMissing) show("Not sold", missingPage("This is not sold", "The product has gone, or never was here.", "#/", "To the shelves"));
    else show("Product", failedPage(failure, () => productPage(show, route)));
  }
}

function detail(product, signal) {
  const quantity = h("input", { id: "quantity", type: "number", min: 1, max: basket.most(product), value: 1, inputmode: "numeric", "data-testid": "quantity" });
  return h(
    "article",
    { class: "product", "data-testid": "product-detail" },
    h("div", { class: "product-picture" }, tile(product)),
    h(
      "div",
      {},
      product.category && h("p", { class: "shelf" }, h("a", { href: `#/?${new URLSearchParams({ category: product.category })}` }, product.category)),
      h("h1", {}, product.name),
      product.description && h("p", { class: "lead" }, product.description),
      h("p", { class: "price-row" }, h("span", { class: "price" }, format(product.price)), stockLine(product)),
      h(
        "div",
        { class: "buy" },
        !isSoldOut(product) && h("label", { for: "quantity" }, "Quantity"),
        !isSoldOut(product) && quantity,
        addButton(product, signal, () => Number(quantity.value)),
      ),
      h("p", {}, h("a", { href: "#/" }, "Back to the shelves")),
    ),
  );
}
