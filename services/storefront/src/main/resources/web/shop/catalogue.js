/* The shelves: search, categories, order, and more by cursor. What is looked for stands in the address, so it can be shared. */
import * as api from "../js/api.js";
import { h } from "../js/dom.js";
import { announce, complain, isAbort, problem } from "../js/notices.js";
import { persistently } from "../js/http.js";
import { advance, rename } from "../js/router.js";
import { card } from "./card.js";

const TYPING_MS = 300;
const SORTS = [
  ["", "Recommended"],
  ["name", "Name"],
  ["price", "Price, low to high"],
  ["-price", "Price, high to low"],
  ["newest", "Newest"],
];

export function cataloguePage(show, route) {
  const { query, signal, place } = route;
  const filter = { q: query.get("q") ?? "", category: query.get("category") ?? "", sort: query.get("sort") ?? "" };
  const shelf = new Shelf(route);
  const search = searchField(filter.q, (q) => q !== filter.q && look({ q }));
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Categories", "data-testid": "categories" });

  function look(change) {
    // Each letter is no step to go back to; the first one is.
    const step = change.q && filter.q ? rename : advance;
    Object.assign(filter, change);
    const known = Object.entries(filter).filter(([, value]) => value);
    step(known.length ? `/?${new URLSearchParams(known)}` : "/");
    shelf.load(filter);
  }

  show(
    "Shop",
    h("section", { class: "hero" }, h("h1", {}, "Fresh off the ships"), search),
    h("div", { class: "toolbar" }, chips, sortField(filter.sort, (sort) => look({ sort }))),
    shelf.element,
  );
  shelf.load(filter, place.shown).then(route.scroll);
  drawChips(chips, filter, look, signal);
}

function searchField(value, onSearch) {
  let timer;
  const input = h("input", {
    type: "search",
    id: "search",
    name: "q",
    value,
    maxlength: 100,
    placeholder: "Search the shop",
    autocomplete: "off",
    "data-testid": "search",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(search, TYPING_MS);
    },
  });
  const search = () => {
    clearTimeout(timer);
    // The page may have been left while the timer ran.
    if (input.isConnected) onSearch(input.value.trim());
  };
  const submit = (event) => {
    event.preventDefault();
    search();
  };
  return h(
    "form",
    { class: "search", role: "search", onsubmit: submit },
    h("label", { for: "search", class: "unseen" }, "Search the shop"),
    input,
    h("button", { type: "submit", class: "primary", "data-testid": "search-submit" }, "Search"),
  );
}

function sortField(value, onSort) {
  return h(
    "div",
    { class: "sort" },
    h("label", { for: "sort" }, "Sort by"),
    h(
      "select",
      { id: "sort", "data-testid": "sort", onchange: (event) => onSort(event.target.value) },
      SORTS.map(([key, label]) => h("option", { value: key, selected: key === value }, label)),
    ),
  );
}

async function drawChips(chips, filter, look, signal) {
  const known = await persistently(() => api.categories(signal), signal);
  if (!known) return;
  const choices = [
    { value: "", label: "Everything" },
    ...known.map(({ name, productCount }) => ({ value: name, label: name, count: productCount })),
  ];
  const buttons = choices.map(({ value, label, count }) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": String(value === filter.category),
        "data-testid": "category",
        "data-category": value,
        onclick: (event) => {
          for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
          if (value !== filter.category) look({ category: value });
        },
      },
      label,
      Number.isInteger(count) && h("span", { class: "chip-count" }, String(count)),
    ),
  );
  chips.replaceChildren(...buttons);
}

/** The list of products and the button for more. A newer search ends the one before it. */
class Shelf {
  #list = h("ul", { class: "grid", "data-testid": "products" });
  #after = h("div", { class: "after" });
  #route;
  #search = new AbortController();

  constructor(route) {
    this.#route = route;
    this.element = h("section", { "aria-label": "Products" }, this.#list, this.#after);
  }

  /** Shows the first products that match, at least so many; after an outage by itself. */
  async load(filter, count = 0) {
    this.#search.abort();
    this.#search = new AbortController();
    const signal = AbortSignal.any([this.#search.signal, this.#route.signal]);
    this.#list.setAttribute("aria-busy", "true");
    if (!this.#list.firstChild) this.#list.replaceChildren(...Array.from({ length: 8 }, ghost));
    const page = await persistently(() => api.products(filter, count, signal), signal, (failure) => this.#fail(failure, () => this.load(filter, count)));
    if (!page) return;
    this.#list.removeAttribute("aria-busy");
    this.#list.replaceChildren(...cards(page, signal));
    this.#end(filter, page.next, signal);
    if (page.items.length === 0) this.#after.replaceChildren(nothing());
  }

  #fail(failure, retry) {
    this.#list.removeAttribute("aria-busy");
    this.#list.replaceChildren();
    this.#after.replaceChildren(problem(failure, { retry }));
  }

  async #more(filter, cursor, signal) {
    this.#after.querySelector("button")?.setAttribute("disabled", "");
    try {
      const page = await api.moreProducts(filter, cursor, signal);
      const added = cards(page, signal);
      this.#list.append(...added);
      this.#end(filter, page.next, signal);
      // The button that had the focus is gone or stands lower: go on at the first new product.
      added[0]?.querySelector("a").focus({ preventScroll: true });
    } catch (failure) {
      if (!isAbort(failure)) complain(this.#after, failure, { retry: () => this.#more(filter, cursor, signal) });
    }
  }

  #end(filter, next, signal) {
    const more = () => this.#more(filter, next, signal);
    this.#after.replaceChildren(
      ...(next ? [h("button", { type: "button", class: "quiet", onclick: more, "data-testid": "load-more" }, "Show more")] : []),
    );
    const shown = this.#list.childElementCount;
    this.#route.remember({ shown });
    announce(`${shown} ${shown === 1 ? "product" : "products"} shown${next ? ", there are more" : ""}.`);
  }
}

const cards = ({ items }, signal) => items.map((product) => card(product, signal));

const ghost = () => h("li", { class: "card ghost", "aria-hidden": "true" }, h("div", { class: "card-picture" }), h("p", {}), h("p", {}));

const nothing = () => h("p", { class: "empty", "data-testid": "no-products" }, "Nothing on the shelves matches. Try another word or category.");
