/*
 * One key for one attempt to buy. As long as nobody knows how the attempt ended (no answer, an outage, a reload in between), buying the
 * same basket with the same card asks with the same key, so it is bought once. Shared by all tabs, as the basket is.
 */
import { newKey } from "./http.js";

const STORE = "emporion.attempt";
let inMemory = null;

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function keep(attempt) {
  inMemory = attempt;
  try {
    if (attempt) localStorage.setItem(STORE, JSON.stringify(attempt));
    else localStorage.removeItem(STORE);
  } catch {
    // Without storage the key lives as long as the tab.
  }
}

const fingerprint = (username, lines, card) =>
  JSON.stringify([username, card, lines.map(({ id, quantity }) => [id, quantity]).sort()]);

/** Runs place(key) and forgets the key as soon as the outcome is known. */
export async function attempt(username, lines, card, place) {
  const wanted = fingerprint(username, lines, card);
  const before = stored();
  const current = before?.wanted === wanted ? before : { wanted, key: newKey() };
  keep(current);
  try {
    const answer = await place(current.key);
    keep(null);
    return answer;
  } catch (failure) {
    if (failure.isFinal) keep(null);
    throw failure;
  }
}
