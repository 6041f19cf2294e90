/*
 * What the shop tells people. The API's own words are for those who write clients, so none of them is shown as it is: each type of
 * problem has words here, and what is not known yet gets those of its kind.
 */
const AGAIN = "Try again in a moment.";
const OURS = "It is not your fault. Try again in a while; nothing is done twice.";
const STAFF = "The shop's staff can tell more.";
const CHANGED = "Look at how it is now, and try again.";

const PROBLEMS = {
  "already-cancelled": ["Cancelled already", "There is nothing left to cancel."],
  "ambiguous-framing": ["That did not get through", AGAIN],
  "ambiguous-target": ["There is no such page", "Look for it in the shop."],
  "bad-body": ["That did not get through", AGAIN],
  "bad-field": ["That did not get through", AGAIN],
  "bad-gateway": ["The connection broke off", "We don't know whether it went through. Trying again is safe."],
  "bad-host": ["The shop is not at this address", "Check the address in your browser."],
  "bad-request": ["That did not get through", AGAIN],
  "bad-signature": ["That can't be trusted", STAFF],
  "card-number-refused": ["Please don't type in card numbers", "Choose one of the ways to pay instead. Nothing was kept."],
  "changed-meanwhile": ["It has changed in the meantime", CHANGED],
  "charge-outcome-unknown": ["The bank has not answered yet", "Nothing is charged twice. Look again in a moment."],
  "email-taken": ["There is an account with this address", "Sign in, or ask for a new password."],
  forbidden: ["This is not open to your account", "Sign in with an account that may do this."],
  "headers-too-large": ["That is too much at once", "Send less."],
  "http-version-not-supported": ["That did not get through", AGAIN],
  "idempotency-key-reused": ["This was sent before, with something else", "Load the page again and look at what became of it."],
  "illegal-transition": ["That is not possible any more", CHANGED],
  internal: ["The shop has a problem", OURS],
  "invalid-request": ["Something has to be put right", "Nothing was changed. Correct it and try again."],
  "malformed-request": ["That did not get through", AGAIN],
  "method-not-allowed": ["That is not possible here", STAFF],
  misdirected: ["The shop is not at this address", "Check the address in your browser."],
  "not-acceptable": ["That can't be shown here", AGAIN],
  "not-found": ["It is not there", "It may have been taken away, or it belongs to another account."],
  "not-repeatable": ["That can't be done again", STAFF],
  "nothing-to-acknowledge": ["There is nothing to do", CHANGED],
  "nothing-to-compensate": ["There is nothing to do", CHANGED],
  "order-being-confirmed": ["The order is being confirmed", "It can be cancelled in a moment."],
  "origin-not-allowed": ["That can't be done from this page", "Open the shop at its own address."],
  "out-of-stock": ["There is not enough in stock", "Choose fewer, or something else."],
  "past-the-pivot": ["It is too late for that", CHANGED],
  "payment-declined": ["The card was declined", "Nothing was charged. Choose another card."],
  "payment-not-captured": ["There is nothing to pay back", CHANGED],
  "precondition-failed": ["It has changed in the meantime", CHANGED],
  "precondition-required": ["It may have changed in the meantime", CHANGED],
  "price-changed": ["A price has changed", "Nothing was ordered. Look at the new prices, and order if you agree with them."],
  "rate-limited": ["That was too often", "Wait a little before you try again."],
  "refund-exceeds-payment": ["That is more than was paid", CHANGED],
  "request-in-flight": ["It is under way already", AGAIN],
  "saga-ended": ["It has ended already", CHANGED],
  "sku-taken": ["There is such a product already", "Choose another article number."],
  "still-trying": ["It is being worked on", AGAIN],
  "stock-too-high": ["That would be too many", CHANGED],
  "stock-too-low": ["There are not so many", CHANGED],
  timeout: ["The shop takes too long", "We don't know whether it went through. Trying again is safe."],
  "too-large": ["That is too much at once", "Send less."],
  unauthenticated: ["You are not signed in any more", "Sign in to go on."],
  unavailable: ["The shop has a problem at the moment", OURS],
  "unknown-reservation": ["It is not set aside any more", CHANGED],
  "unsupported-media-type": ["That kind of content is not taken", AGAIN],
  "uri-too-long": ["There is no such page", "Look for it in the shop."],
  "username-taken": ["The username is taken", "Choose another one."],
  voided: ["It was called off", CHANGED],
  // OAuth 2 has names of its own (RFC 6749, section 5.2).
  invalid_client: ["The shop has a problem", OURS],
  invalid_grant: ["Not signed in", "Username and password do not match."],
  invalid_request: ["Not signed in", "Type in username and password."],
  invalid_scope: ["The shop has a problem", OURS],
  unauthorized_client: ["The shop has a problem", OURS],
  unsupported_grant_type: ["The shop has a problem", OURS],
  unsupported_token_type: ["The shop has a problem", OURS],
};

/** [title, text] for a failure of this type and status. */
export const problemWords = (type, status) =>
  (Object.hasOwn(PROBLEMS, type) && PROBLEMS[type]) ||
  (status >= 500 ? ["The shop has a problem", OURS] : ["That did not work", "The shop did not take it as it is."]);

/** What the API says of a field, said of something that people know: "Username", "must have ..." -> "Username must have ....". */
export const fieldWords = (subject, detail) =>
  /^(must|is|are|has|have|cost|can't|may) [^"'`\\/{}<>[\]]+$/.test(detail) ? `${subject} ${detail}.` : `${subject} can't be taken like this.`;

const REASONS = {
  payment_declined: "The card was declined. Nothing was charged.",
  card_declined: "The card was declined. Nothing was charged.",
  insufficient_funds: "The card was declined: there is not enough money behind it. Nothing was charged.",
  expired_card: "The card was declined: it has expired. Nothing was charged.",
  out_of_stock: "There is not enough in stock. Nothing was charged.",
  timed_out: "The bank gave no answer in time. Whatever it took is paid back.",
  cancelled_by_customer: "Cancelled as you asked. Whatever was charged is paid back.",
  cancelled_by_operator: "The shop could not carry out this order. Whatever was charged is paid back.",
};

const STEPS = {
  place: "Order received",
  reserve: "Goods set aside",
  charge: "Payment",
  confirm: "Order confirmed",
  cancel: "Cancellation",
  void: "Payment called off",
  release: "Goods put back",
  refund: "Money paid back",
  retry: "Tried again by the shop",
  acknowledge: "Seen by the shop",
};

const OUTCOMES = { done: "", refused: "refused", timed_out: "no answer in time", requested: "asked for", by_hand: "by the shop's staff" };

/** "payment_declined" -> "Payment declined": for words of the API that this page does not know yet. */
export function humanize(word) {
  const text = String(word ?? "").replaceAll(/[_-]+/g, " ").trim().toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const known = (words, word) => (Object.hasOwn(words, word) ? words[word] : humanize(word));

export const reasonWords = (reason) => known(REASONS, reason) || "This order was cancelled.";
export const stepWords = (step) => known(STEPS, step);
export const outcomeWords = (outcome) => known(OUTCOMES, outcome).toLowerCase();
