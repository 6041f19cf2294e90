/*
 * Who is signed in: in memory, and in sessionStorage so that a reload does not sign out. A tab keeps its own.
 * Refresh tokens rotate and a used one that comes back ends the whole session, so two calls never refresh at once.
 */
import { IdentityApi } from "./client.js";
import { configuration, Problem } from "./http.js";

const STORE = "emporion.session";
const EARLY_MS = 30_000;

const issuer = new IdentityApi(configuration());

let current = restore();
let refreshing = null;
const listeners = new Set();

function restore() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORE));
    return typeof stored?.accessToken === "string" ? stored : null;
  } catch {
    return null;
  }
}

function become(session) {
  current = session;
  try {
    if (session) sessionStorage.setItem(STORE, JSON.stringify(session));
    else sessionStorage.removeItem(STORE);
  } catch {
    // Storage is a convenience; the session in memory goes on without it.
  }
  for (const listener of listeners) listener();
}

async function exchange(username, grant) {
  const { accessToken, refreshToken, expiresIn } = await issuer.issueToken(grant);
  const seconds = Number(expiresIn) || 60;
  become({
    username,
    accessToken,
    refreshToken,
    expiresAt: Date.now() + seconds * 1000,
    earlyMs: Math.min(EARLY_MS, seconds * 500),
  });
}

export const username = () => current?.username ?? null;
/** Calls the listener after each change, until the signal (if any) is aborted. */
export function onChange(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener("abort", () => listeners.delete(listener));
}

/** Forgets the tokens here at once, and has the issuer forget them as soon as it can be reached (RFC 7009). */
export function signOut() {
  const token = current?.refreshToken;
  become(null);
  if (token) issuer.revokeToken({ token }, { keepalive: true }).catch(() => {});
}

export async function signIn(name, password) {
  await exchange(name, { grantType: "password", username: name, password });
}

async function refresh() {
  const { username, refreshToken } = current;
  try {
    await exchange(username, { grantType: "refresh_token", refreshToken });
  } catch (failure) {
    if (failure instanceof Problem && [400, 401, 403].includes(failure.status)) become(null);
    throw failure;
  }
}

/** A token good for the next call, or null where nobody is signed in (any longer). */
export async function token({ renew = false } = {}) {
  if (!current) return null;
  const fresh = Date.now() < current.expiresAt - current.earlyMs;
  if (fresh && !renew) return current.accessToken;
  if (!current.refreshToken) {
    if (renew || Date.now() >= current.expiresAt) become(null);
    return current?.accessToken ?? null;
  }
  refreshing ??= refresh().finally(() => (refreshing = null));
  try {
    await refreshing;
  } catch (failure) {
    // Refused: signed out. No answer: the old token may still have its last seconds.
    if (current && Date.now() >= current.expiresAt) throw failure;
  }
  return current?.accessToken ?? null;
}
