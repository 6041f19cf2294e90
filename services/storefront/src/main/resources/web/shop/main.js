/* Puts the shop together: which address shows which page, and what the masthead says. */
import { h } from "../js/dom.js";
import * as basket from "../js/basket.js";
import * as session from "../js/session.js";
import { say } from "../js/notices.js";
import { go, here, start } from "../js/router.js";
import { accountPage, forgotPage, registerPage, resetPage, signInPage } from "./account.js";
import { basketPage } from "./basket.js";
import { cataloguePage } from "./catalogue.js";
import { orderPage, ordersPage } from "./orders.js";
import { productPage } from "./product.js";

const account = document.getElementById("account");
const basketCount = document.getElementById("basket-count");

function drawAccount() {
  const name = session.username();
  account.replaceChildren(
    ...(name
      ? [
          h("a", { class: "who", href: "#/account", "data-testid": "account", title: `Signed in as ${name}` }, name),
          h("a", { href: "#/orders", "data-testid": "orders" }, "Orders"),
          h("button", { type: "button", class: "link", onclick: leave, "data-testid": "sign-out" }, "Sign out"),
        ]
      : [h("a", { href: "#/sign-in", "data-testid": "sign-in" }, "Sign in")]),
  );
}

function leave() {
  session.signOut();
  say("You are signed out.");
  if (here().path.startsWith("/orders")) go("/");
}

function drawBasketCount() {
  const count = basket.count();
  basketCount.textContent = String(count);
  basketCount.toggleAttribute("data-empty", count === 0);
}

function missingPage(show) {
  show(
    "Not found",
    h("section", { class: "narrow" }, h("h1", {}, "No ship lands here"), h("p", {}, "There is no page at this address."), h("a", { class: "button primary", href: "#/" }, "Back to the shop")),
  );
}

// A link to #main would be taken for a page of the shop.
document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});

session.onChange(drawAccount);
basket.onChange(drawBasketCount);
drawAccount();
drawBasketCount();

start(
  [
    [/^\/$/, cataloguePage],
    [/^\/products\/([^/]+)$/, productPage],
    [/^\/basket$/, basketPage],
    [/^\/sign-in$/, signInPage],
    [/^\/register$/, registerPage],
    [/^\/account$/, accountPage],
    [/^\/forgot$/, forgotPage],
    [/^\/reset$/, forgotPage],
    [/^\/reset\/([^/]+)$/, resetPage],
    [/^\/orders$/, ordersPage],
    [/^\/orders\/([^/]+)$/, orderPage],
  ],
  missingPage,
);
