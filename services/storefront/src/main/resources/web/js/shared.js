/* What all tabs of a browser share: values that outlive a reload, and turns. */

/* A write reaches the processes of other tabs a moment after it was made: whoever comes next gets their turn after that moment. */
const SEEN_MS = 100;

/**
 * A value kept under a name. Storage can be edited, or be of an older shop: what isValid refuses is not there. Where nothing can be
 * stored (full, forbidden) the value lives as long as the tab.
 */
export function shared(name, isValid) {
  const listeners = new Set();
  const tell = () => listeners.forEach((listener) => listener());
  let unsaved;

  addEventListener("storage", ({ key }) => (key === name || key === null) && tell());
  // A page that comes back out of the browser's cache has not been told of anything in between.
  addEventListener("pageshow", ({ persisted }) => persisted && tell());

  return {
    get() {
      try {
        const stored = unsaved === undefined ? JSON.parse(localStorage.getItem(name)) : unsaved;
        return isValid(stored) ? stored : null;
      } catch {
        return null;
      }
    },

    /** Null takes it away. */
    set(value) {
      unsaved = undefined;
      try {
        if (value === null) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(value));
      } catch {
        unsaved = value;
      }
      tell();
    },

    /** Calls the listener after each change in any tab, until the signal (if any) is aborted. */
    onChange(listener, signal) {
      listeners.add(listener);
      signal?.addEventListener("abort", () => listeners.delete(listener));
    },
  };
}

/**
 * Works while no other tab works under the same name. Where browsers have no locks (a shop that is served neither by TLS nor from
 * localhost), tabs are not kept apart.
 */
export const locked = (name, work) =>
  new Promise((resolve, reject) => {
    if (!navigator.locks) return resolve(work());
    navigator.locks
      .request(name, async () => {
        await work().then(resolve, reject);
        await new Promise((seen) => setTimeout(seen, SEEN_MS));
      })
      .catch(reject);
  });
