/* One request to the API of our own origin; a failure is a Problem (it answered) or Unreachable (it did not). */

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
export class Unreachable extends Error {
  constructor() {
    super("The shop could not be reached. Check the connection and try again.");
    this.title = "No answer";
    this.isFinal = false;
  }
}

/** A yes that breaks off, or that is no JSON, did not come from the API and proves nothing. A no without a document is still a no. */
async function json(response) {
  if (response.status === 202 || response.status === 204 || response.headers.get("Content-Length") === "0") {
    const text = await response.text();
    return text ? JSON.parse(text) : {};
  }
  return response.ok ? response.json() : response.json().catch(() => ({}));
}

/** Answers {status, data}. An aborted request throws the browser's AbortError, which a page that has been left ignores. */
export async function request(path, { signal, ...options } = {}) {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  let response;
  let data;
  try {
    response = await fetch(path, { cache: "no-cache", ...options, credentials: "omit", signal: AbortSignal.any(limits) });
    data = await json(response);
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Unreachable();
  }
  if (signal?.aborted) throw signal.reason;
  if (!response.ok) throw new Problem(response.status, data ?? {}, Number(response.headers.get("Retry-After")) || 0);
  return { status: response.status, data };
}

/** A key for Idempotency-Key. Not crypto.randomUUID: that one is missing where the shop is not served by TLS or from localhost. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
