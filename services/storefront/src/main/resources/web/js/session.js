/*
 * Who is signed in: one session for all tabs, kept in localStorage, since a refresh token works once and one that comes twice ends the
 * session: two tabs with tokens of their own would end each other's. Whatever runs in this page could use the tokens wherever they
 * were kept; that nothing foreign runs here is the business of the content security policy.
 */
import { IdentityApi } from "./client.js";
import { configuration, Problem } from "./http.js";
import { locked, shared } from "./shared.js";

const NAME = "emporion.session";
const EARLY_MS = 30_000;

const issuer = new IdentityApi(configuration());
const session = shared(NAME, (stored) => typeof stored?.accessToken === "string");

export const username = () => session.get()?.username ?? null;
export const { onChange } = session;

export async function signIn(name, password) {
  session.set(await issue(name, { grantType: "password", username: name, password }));
}

/** Forgets the tokens in all tabs at once, and has the issuer forget them as soon as it can be reached (RFC 7009). */
export function signOut() {
  const ended = session.get();
  session.set(null);
  revoke(ended);
}

/** A token good for the next call and other than the one that was refused, or null where nobody is signed in (any longer). */
export async function token(refused) {
  const now = session.get();
  return isGood(now, refused) ? now.accessToken : now && locked(NAME, () => renewed(refused));
}

const isGood = (now, refused) => now && now.accessToken !== refused && Date.now() < now.expiresAt - now.earlyMs;

async function issue(username, grant) {
  const { accessToken, refreshToken, expiresIn } = await issuer.issueToken(grant);
  const seconds = Number(expiresIn) || 60;
  const expiresAt = Date.now() + seconds * 1000;
  return { username, accessToken, refreshToken, expiresAt, earlyMs: Math.min(EARLY_MS, seconds * 500) };
}

function revoke(ended) {
  if (ended?.refreshToken) issuer.revokeToken({ token: ended.refreshToken }, { keepalive: true }).catch(() => {});
}

async function renewed(refused) {
  const old = session.get();
  if (!old || isGood(old, refused)) return old?.accessToken ?? null; // Another tab was here before.
  const isOver = old.accessToken === refused || Date.now() >= old.expiresAt;
  try {
    const next = await issue(old.username, { grantType: "refresh_token", refreshToken: old.refreshToken });
    return take(old, next);
  } catch (failure) {
    if (failure instanceof Problem && [400, 401, 403].includes(failure.status)) return take(old, null);
    // No answer: the old token may still have its last seconds.
    if (isOver) throw failure;
    return old.accessToken;
  }
}

/** Whoever signed out or in while the answer was under way is not overruled by it. */
function take(old, next) {
  if (session.get()?.refreshToken === old.refreshToken) session.set(next);
  else revoke(next);
  return session.get()?.accessToken ?? null;
}
