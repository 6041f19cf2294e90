/* The shelves: search, categories, order, and more by cursor. What is looked for stands in the address, so it can be shared. */
import * as api from "../js/api.js";
import { h } from "../js/dom.js";
import { isAbort, problem, say } from "../js/notices.js";
import { rename } from "../js/router.js";
import { card } from "./card.js";

const PAGE = 24;
const TYPING_MS = 300;
const SORTS = [
  ["", "Recommended"],
  ["name", "Name"],
  ["price", "Price, low to high"],
  ["-price", "Price, high to low"],
  ["newest", "Newest"],
];

export function cataloguePage(show, { query, signal }) {
  const filter = { q: query.get("q") ?? "", category: query.get("category") ?? "", sort: query.get("sort") ?? "" };
  const shelf = new Shelf(signal);
  const search = searchField(filter.q, (q) => look({ q }));
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Categories", "data-testid": "categories" });

  function look(change) {
    Object.assign(filter, change);
    const known = Object.entries(filter).filter(([, value]) => value);
    rename(known.length ? `/?${new URLSearchParams(known)}` : "/");
    shelf.load(filter);
  }

  show(
    "Shop",
    h("section", { class: "hero" }, h("h1", {}, "Fresh off the ships"), search),
    h("div", { class: "toolbar" }, chips, sortField(filter.sort, (sort) => look({ sort }))),
    shelf.element,
  );
  shelf.load(filter);
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
    onSearch(input.value.trim());
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
  let known;
  try {
    known = await api.categories(signal);
  } catch {
    return; // The shop works without; search stays.
  }
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
          look({ category: value });
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
  #left;
  #search = new AbortController();

  constructor(left) {
    this.#left = left;
    this.element = h("section", { "aria-label": "Products" }, this.#list, this.#after);
  }

  async load(filter) {
    this.#search.abort();
    this.#search = new AbortController();
    const signal = AbortSignal.any([this.#search.signal, this.#left]);
    this.#list.setAttribute("aria-busy", "true");
    if (!this.#list.firstChild) this.#list.replaceChildren(...Array.from({ length: 8 }, ghost));
    try {
      const page = await api.products({ ...filter, limit: PAGE }, signal);
      this.#list.replaceChildren(...page.items.map(card));
      this.#end(filter, page.next, signal);
      if (page.items.length === 0) this.#after.replaceChildren(nothing());
      say(this.#summary(page.next));
    } catch (failure) {
      if (isAbort(failure)) return;
      this.#list.replaceChildren();
      this.#after.replaceChildren(problem(failure, { retry: () => this.load(filter) }));
    }
    this.#list.removeAttribute("aria-busy");
  }

  async #more(filter, cursor, signal) {
    this.#after.querySelector("button")?.setAttribute("disabled", "");
    try {
      const page = await api.products({ ...filter, limit: PAGE, cursor }, signal);
      const cards = page.items.map(card);
      this.#list.append(...cards);
      this.#end(filter, page.next, signal);
      // The button that had the focus is gone or stands lower: go on at the first new product.
      cards[0]?.querySelector("a").focus({ preventScroll: true });
      say(this.#summary(page.next));
    } catch (failure) {
      if (!isAbort(failure)) this.#after.replaceChildren(problem(failure, { retry: () => this.#more(filter, cursor, signal) }));
    }
  }

  #end(filter, next, signal) {
    const more = () => this.#more(filter, next, signal);
    this.#after.replaceChildren(
      ...(next ? [h("button", { type: "button", class: "quiet", onclick: more, "data-testid": "load-more" }, "Show more")] : []),
    );
  }

  #summary(next) {
    const shown = this.#list.childElementCount;
    return `${shown} ${shown === 1 ? "product" : "products"} shown${next ? ", there are more" : ""}.`;
  }
}

const ghost = () => h("li", { class: "card ghost", "aria-hidden": "true" }, h("div", { class: "card-picture" }), h("p", {}), h("p", {}));

const nothing = () => h("p", { class: "empty", "data-testid": "no-products" }, "Nothing on the shelves matches. Try another word or category.");
