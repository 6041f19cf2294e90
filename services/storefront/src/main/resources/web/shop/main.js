/* Puts the shop together: which address shows which page, and what the masthead says. */
import { h } from "../js/dom.js";
import * as basket from "../js/basket.js";
import * as session from "../js/session.js";
import { failedPage, missingPage } from "../js/notices.js";
import { again, start } from "../js/router.js";
import { cataloguePage } from "./catalogue.js";
import { leave } from "./leave.js";
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
          h("button", { type: "button", class: "link", onclick: () => leave("You are signed out."), "data-testid": "sign-out" }, "Sign out"),
        ]
      : [h("a", { href: "#/sign-in", "data-testid": "sign-in" }, "Sign in")]),
  );
}

function drawBasketCount() {
  const count = basket.count();
  basketCount.textContent = String(count);
  basketCount.toggleAttribute("data-empty", count === 0);
}

/** A page that few begin with is loaded when it is asked for: the first product is seen sooner. */
const later = (load, name) => async (show, route) => {
  const page = await load().catch(() => null);
  // A browser may remember that a module could not be loaded; only another start forgets it.
  if (!page) return show("Emporion", failedPage({ title: "No answer", message: "The shop could not be reached." }, () => location.reload()));
  if (!route.signal.aborted) page[name](show, route);
};

const accounts = (name) => later(() => import("./account.js"), name);
const orders = (name) => later(() => import("./orders.js"), name);

// A link to #main would be taken for a page of the shop.
document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});

let name = session.username();

// Who comes or goes in one tab does so in all, and each page is another one to somebody else.
session.onChange(() => {
  if (session.username() === name) return;
  name = session.username();
  drawAccount();
  again();
});
basket.onChange(drawBasketCount);
drawAccount();
drawBasketCount();

start(
  [
    [/^\/$/, cataloguePage],
    [/^\/products\/([^/]+)$/, productPage],
    [/^\/basket$/, later(() => import("./basket.js"), "basketPage")],
    [/^\/sign-in$/, accounts("signInPage")],
    [/^\/register$/, accounts("registerPage")],
    [/^\/account$/, accounts("accountPage")],
    [/^\/forgot$/, accounts("forgotPage")],
    [/^\/reset$/, accounts("forgotPage")],
    [/^\/reset\/([^/]+)$/, accounts("resetPage")],
    [/^\/orders$/, orders("ordersPage")],
    [/^\/orders\/([^/]+)$/, orders("orderPage")],
  ],
  (show) => show("Not found", missingPage("No ship lands here", "There is no page at this address.", "#/", "Back to the shop")),
);
