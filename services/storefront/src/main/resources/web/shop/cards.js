/* The cards of the sandbox: tokens that stand for what a card can do to a shop. */
export const CARDS = [
  { token: "tok_visa", label: "Visa ending in 4242", hint: "goes through" },
  { token: "tok_visa_declined", label: "Visa, blocked", hint: "is declined" },
  { token: "tok_insufficient_funds", label: "Visa, empty", hint: "insufficient funds" },
  { token: "tok_expired_card", label: "Visa, expired", hint: "is declined" },
  { token: "tok_slow", label: "A slow bank", hint: "goes through after 3 seconds" },
  { token: "tok_timeout", label: "A silent bank", hint: "never answers in time" },
  { token: "tok_lost_answer", label: "A bad line", hint: "charges, but its answer is lost" },
];
