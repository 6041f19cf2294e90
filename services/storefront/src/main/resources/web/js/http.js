/* How the generated client asks the API of our own origin; a failure is a Problem (it answered) or Unreachable (it did not). */
import { Configuration } from "./client.js";
import { problemWords } from "./words.js";

const TIMEOUT_MS = 20_000;

/** An answer that says no, with the members of RFC 9457, in words for people. */
export class Problem extends Error {
  constructor(status, document, retryAfter) {
    // The token endpoint speaks OAuth 2, which has its own names (RFC 6749, section 5.2).
    const type = document.error ?? String(document.type ?? "").split(":").pop();
    const [title, text] = problemWords(type, status);
    super(text);
    this.status = status;
    this.type = type;
    this.title = title;
    this.document = document;
    this.errors = Array.isArray(document.errors) ? document.errors : [];
    this.traceId = document.trace_id;
    this.retryAfter = retryAfter;
  }

  /** There is nothing at that address, or nothing that may be told of. */
  get isMissing() {
    return [400, 404, 410, 414].includes(this.status);
  }

  /** False where the server may yet do, or may have done, what was asked: then only the same key may ask again. */
  get isFinal() {
    if (this.type === "price-changed") return true;
    return this.status >= 400 && this.status < 500 && ![401, 408, 409, 422, 425, 429].includes(this.status);
  }
}

/** No answer: nobody knows whether the request was carried out. */
class Unreachable extends Error {
  constructor() {
    super("The shop could not be reached. Check the connection and try again.");
    this.title = "No answer";
    this.isFinal = false;
  }
}

/** The browser's fetch, which does not wait for ever. */
export function timed(url, { signal, ...init }) {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  return fetch(url, { cache: "no-cache", ...init, signal: AbortSignal.any(limits) });
}

/** What the client throws is ours. An aborted request throws the browser's AbortError, which a page that has been left ignores. */
const failures = {
  async onError({ init: { signal }, error }) {
    signal?.throwIfAborted();
    throw error instanceof Problem ? error : new Unreachable();
  },

  async post({ init: { signal }, response }) {
    const document = await json(response).catch(() => undefined);
    signal?.throwIfAborted();
    // A no without a document is still a no.
    if (!response.ok) throw new Problem(response.status, document ?? {}, Number(response.headers.get("Retry-After")) || 0);
    // A yes that breaks off, or that is no JSON, did not come from the API and proves nothing.
    if (document === undefined) throw new Unreachable();
  },
};

const PATIENCE_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * Asks until there is an answer, less and less often, and tells of each failure; nothing where the page was left or the answer is no.
 * A browser that gets its network back asks at once.
 */
export async function persistently(ask, signal, onFailure = () => {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (failure) {
      if (signal.aborted) return undefined;
      onFailure(failure);
      if (failure.isFinal) return undefined;
      await rest(PATIENCE_MS[attempt] ?? PATIENCE_MS.at(-1), signal);
      if (signal.aborted) return undefined;
    }
  }
}

/** Waits so long, or until the browser has its network back, or the page is left. */
function rest(ms, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    const stop = () => (clearTimeout(timer), done());
    addEventListener("online", stop, { once: true, signal });
    signal.addEventListener("abort", stop, { once: true });
  });
}

const json = async (response) => JSON.parse((await response.text()) || "null");

export const configuration = (fetchApi = timed) =>
  new Configuration({ basePath: "", credentials: "omit", fetchApi, middleware: [failures] });

/** A key for Idempotency-Key. Not crypto.randomUUID: that one is missing where the shop is not served by TLS or from localhost. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
