/*
 * Pages by the part of the address behind "#": the server needs to know none of them. Each entry of the browser's history keeps its
 * place, how far it was scrolled and how much of a list it showed, so that going back leads to where one was.
 */
import { newKey } from "./http.js";
import * as notices from "./notices.js";

const PLACES = "emporion.places";
const MOST_PLACES = 50;

const main = document.getElementById("main");
let leave = new AbortController();
let entry = null;
let remembered = {};
let message = null;
let draw = () => {};

/** {path, query} of the address bar. */
export function here() {
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  return { path: path || "/", query: new URLSearchParams(query) };
}

/** Shows another page, and on it what there is to say. */
export function go(path, text = null) {
  message = text;
  location.hash = path;
}

/** The same, where the way back must not lead here again. */
export function replace(path, text = null) {
  message = text;
  location.replace(`#${path}`);
}

/** Draws the page anew, at its place. */
export const again = () => draw();

/** Changes what the address bar says: the same page, the same step in the history. */
export const rename = (path) => history.replaceState(history.state, "", `#${path}`);

/** The same page, and a step in the history. */
export function advance(path) {
  keepPlace();
  enter();
  history.pushState({ entry }, "", `#${path}`);
}

function enter() {
  entry = newKey();
  remembered = {};
}

function places() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACES)) ?? {};
  } catch {
    return {};
  }
}

function keepPlace() {
  const others = Object.entries(places()).filter(([other]) => other !== entry);
  try {
    sessionStorage.setItem(PLACES, JSON.stringify(Object.fromEntries([...others, [entry, { y: scrollY, ...remembered }]].slice(-MOST_PLACES))));
  } catch {
    // Without storage the way back leads to the top of a page.
  }
}

function findPlace() {
  enter();
  if (history.state?.entry) entry = history.state.entry;
  else history.replaceState({ entry }, "");
  return places()[entry] ?? { y: 0 };
}

function match(routes, path) {
  for (const [pattern, page] of routes) {
    const found = pattern.exec(path);
    if (found) return { page, parameters: found.slice(1).map(decode) };
  }
  return null;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Routes are pairs of a pattern and a page: (show, route) => void. A page calls show(title, ...nodes), as often as it likes until it is
 * left; then route.signal is aborted and show does nothing. What it gives to route.remember comes again as route.place when its entry
 * of the history does; route.scroll goes to where it was scrolled, which show does too, the first time.
 */
export function start(routes, missing) {
  const navigate = (first) => {
    if (!first) keepPlace();
    leave.abort();
    leave = new AbortController();
    const { signal } = leave;
    const place = findPlace();
    const { path, query } = here();
    const { page, parameters } = match(routes, path) ?? { page: missing, parameters: [] };
    const scroll = () => !signal.aborted && scrollTo(0, place.y);
    const remember = (values) => !signal.aborted && Object.assign(remembered, values);
    let shown = false;
    const show = (title, ...nodes) => {
      if (signal.aborted) return;
      document.title = `${title} · Emporion`;
      main.replaceChildren(...nodes.filter(Boolean));
      main.removeAttribute("aria-busy");
      if (shown) return;
      shown = true;
      // Whoever listens instead of looking has to be told that this is another page.
      if (!first) main.focus({ preventScroll: true });
      scroll();
    };
    main.setAttribute("aria-busy", "true");
    if (!first) notices.clear();
    if (message) notices.say(message);
    message = null;
    page(show, { parameters, query, signal, place, remember, scroll });
  };
  draw = () => navigate(false);
  history.scrollRestoration = "manual";
  // What was drawn anew in between is not drawn twice.
  addEventListener("hashchange", () => history.state?.entry === entry || draw());
  addEventListener("pagehide", keepPlace);
  navigate(true);
}
