/* What the page says by itself: to the eye as a small notice, to a screen reader through a live region. */
import { h } from "./dom.js";

const region = document.getElementById("notices");
const SHOWN_MS = 4000;
let timer;

/** Says a short sentence; the next one takes its place. */
export function say(text) {
  clearTimeout(timer);
  region.textContent = "";
  // A region that gets the same text again would stay silent.
  requestAnimationFrame(() => {
    region.textContent = text;
    timer = setTimeout(() => (region.textContent = ""), SHOWN_MS);
  });
}

/** A page that was left while it loaded has nothing to report. */
export const isAbort = (failure) => failure?.name === "AbortError";

/** A refusal or an outage, with the bad fields that no input has taken, and a way to try again. */
export function problem(failure, { retry, fields = failure.errors ?? [] } = {}) {
  return h(
    "div",
    { class: "problem", role: "alert", "data-testid": "problem" },
    h("strong", {}, failure.title ?? "Something went wrong"),
    h("p", {}, failure.message),
    fields.length > 0 &&
      h("ul", {}, fields.map(({ pointer, detail }) => h("li", {}, pointer ? `${pointer}: ${detail}` : detail))),
    failure.retryAfter > 0 && h("p", {}, `Try again in ${failure.retryAfter} s.`),
    failure.traceId && h("p", { class: "fine" }, `Reference: ${failure.traceId}`),
    retry && h("button", { type: "button", class: "quiet", onclick: retry, "data-testid": "retry" }, "Try again"),
  );
}

/** The last resort of a page that could not load. */
export function failedPage(failure, retry) {
  return h("section", { class: "narrow" }, h("h1", {}, "This page could not be loaded"), problem(failure, { retry }));
}
