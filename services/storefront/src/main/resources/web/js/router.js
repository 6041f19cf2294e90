/* Pages by the part of the address behind "#": the server needs to know none of them. */

const main = document.getElementById("main");
let leave = new AbortController();

/** {path, query} of the address bar. */
export function here() {
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  return { path: path || "/", query: new URLSearchParams(query) };
}

export const go = (path) => {
  location.hash = path;
};

/** Changes what the address bar says without showing another page. */
export const rename = (path) => history.replaceState(null, "", `#${path}`);

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
 * Routes are pairs of a pattern and a page: (show, {parameters, query, signal}) => void. A page calls show(title, ...nodes), as often
 * as it likes until it is left; then its signal is aborted and show does nothing.
 */
export function start(routes, missing) {
  const navigate = (first) => {
    leave.abort();
    leave = new AbortController();
    const { signal } = leave;
    const { path, query } = here();
    const found = match(routes, path) ?? { page: missing, parameters: [] };
    let shown = false;
    const show = (title, ...nodes) => {
      if (signal.aborted) return;
      document.title = `${title} · Emporion`;
      main.replaceChildren(...nodes.filter(Boolean));
      // Whoever listens instead of looking has to be told that this is another page.
      if (!first && !shown) main.focus({ preventScroll: true });
      shown = true;
    };
    if (!first) scrollTo(0, 0);
    found.page(show, { parameters: found.parameters, query, signal });
  };
  addEventListener("hashchange", () => navigate(false));
  navigate(true);
}
