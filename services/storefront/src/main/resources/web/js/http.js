/* How the generated client asks the API of our own origin; a failure is a Problem (it answered) or Unreachable (it did not). */
import { Configuration } from "./client.js";

const TIMEOUT_MS = 20_000;

/** An answer that says no, with the members of RFC 9457. */
export class Problem extends Error {
  constructor(status, document, retryAfter) {
    // The token endpoint speaks OAuth 2, which has its own names (RFC 6749, section 5.2).
    super(document.detail || document.error_description || document.title || `The server answered ${status}.`);
    this.status = status;
    this.slug = String(document.type ?? "").split(":").pop();
    this.title = document.title || (status >= 500 ? "The shop has a problem" : "That did not work");
    this.errors = Array.isArray(document.errors) ? document.errors : [];
    this.traceId = document.trace_id;
    this.retryAfter = retryAfter;
  }

  /** False where the server may yet do, or may have done, what was asked: then only the same key may ask again. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && ![401, 408, 409, 425, 429].includes(this.status);
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

const json = async (response) => JSON.parse((await response.text()) || "null");

export const configuration = (fetchApi = timed) =>
  new Configuration({ basePath: "", credentials: "omit", fetchApi, middleware: [failures] });

/** A key for Idempotency-Key. Not crypto.randomUUID: that one is missing where the shop is not served by TLS or from localhost. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
