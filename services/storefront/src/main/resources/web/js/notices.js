/* What the page says by itself. Notices stand in the page, above what they are about: they cover nothing, and end with the page. */
import { h } from "./dom.js";

const MOST_HEARD = 3;
const region = document.getElementById("notices");
const heard = document.getElementById("heard");

/** A short sentence to see and to hear, until it is put away or another page is shown. */
export function say(text) {
  const close = h("button", { type: "button", class: "link", onclick: () => notice.remove() }, "Close");
  const notice = h("p", { class: "notice" }, h("span", {}, text), close);
  region.append(notice);
}

export const clear = () => region.replaceChildren();

/** For screen readers alone: what everybody else can see. */
export function announce(text) {
  heard.append(h("p", {}, text));
  while (heard.childElementCount > MOST_HEARD) heard.firstChild.remove();
}

/** A page that was left while it loaded has nothing to report. */
export const isAbort = (failure) => failure?.name === "AbortError";

/** A refusal or an outage, what of it no field has taken, and a way to try again. */
export function problem(failure, { retry, details = [] } = {}) {
  return h(
    "div",
    { class: "problem", role: "alert", tabindex: -1, "data-testid": "problem", "data-focus": "problem" },
    h("strong", {}, failure.title ?? "Something went wrong"),
    h("p", {}, failure.message),
    details.length > 0 && h("ul", {}, details.map((detail) => h("li", {}, detail))),
    failure.retryAfter > 0 && h("p", {}, `Try again in ${failure.retryAfter} s.`),
    failure.traceId && h("p", { class: "fine" }, `Reference: ${failure.traceId}`),
    retry && h("button", { type: "button", class: "quiet", onclick: retry, "data-testid": "retry" }, "Try again"),
  );
}

/** Puts it where the one who acted looks, and leads there whoever can't see it. */
export function complain(place, failure, options) {
  const element = problem(failure, options);
  place.replaceChildren(element);
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

const page = (title, testid, ...nodes) => h("section", { class: "narrow", "data-testid": testid }, h("h1", {}, title), ...nodes);

/** The last resort of a page that could not load. */
export const failedPage = (failure, retry) => page("This page could not be loaded", "failed", problem(failure, { retry }));

/** Where nothing is, with a way on. */
export const missingPage = (title, text, address, label) =>
  page(title, "missing", h("p", {}, text), h("p", {}, h("a", { class: "button primary", href: address }, label)));
