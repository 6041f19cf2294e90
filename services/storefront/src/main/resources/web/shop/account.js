/* Signing in and registering. Both lead back to where the shopper came from. */
import * as api from "../js/api.js";
import { h } from "../js/dom.js";
import { form } from "../js/form.js";
import { newKey, Problem } from "../js/http.js";
import { problem, say } from "../js/notices.js";
import { go, rename } from "../js/router.js";
import * as session from "../js/session.js";

const USERNAME = { name: "username", label: "Username", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true };
// Called as the API calls it, whose errors point to it.
const EMAIL = { name: "email_address", label: "E-mail", type: "email", autocomplete: "email", required: true };
const PASSWORD = { name: "password", label: "Password", type: "password", required: true };

/** Where to go after: only ever a page of this shop, because it is put behind the "#". */
const next = (query) => query.get("next") ?? "/";

const link = (path, query) => `#${path}${query.has("next") ? `?${new URLSearchParams({ next: query.get("next") })}` : ""}`;

/** The page that a shopper has to pass who wants to see what is theirs. */
export const signInFirst = (path) => go(`/sign-in?${new URLSearchParams({ next: path })}`);

async function enter(username, password, query) {
  await session.signIn(username, password);
  say(`Welcome, ${username}.`);
  go(next(query));
}

export function signInPage(show, { query }) {
  const element = form({
    testid: "sign-in",
    submit: "Sign in",
    fields: [USERNAME, { ...PASSWORD, autocomplete: "current-password" }],
    onSubmit: ({ username, password }) => enter(username.trim(), password, query).catch(explain),
  });
  show(
    "Sign in",
    h("section", { class: "narrow panel" }, h("h1", {}, "Sign in"), element, h("p", {}, "New here? ", h("a", { href: link("/register", query), "data-testid": "register" }, "Register")), h("p", {}, h("a", { href: "#/forgot", "data-testid": "forgot" }, "Forgot your password?"))),
  );
  element.querySelector("input").focus();
}

/** What the shop knows of the shopper, to take away or to have forgotten. */
export async function accountPage(show, { signal }) {
  if (!session.username()) return signInFirst("/account");
  const user = await api.account(signal).catch((failure) => failure);
  if (signal.aborted) return;
  if (user instanceof Error) return show("Your account", h("section", { class: "narrow panel" }, problem(user)));
  const wrong = h("div", {});
  const complain = (failure) => wrong.replaceChildren(problem(failure));
  const button = (testid, label, action) =>
    h("button", { type: "button", "data-testid": testid, onclick: (event) => act(event.currentTarget, action).catch(complain) }, label);
  const erase = button("erase", "Erase my account", async () => {
    confirm.hidden = false;
    confirm.querySelector("button").focus();
  });
  const confirm = h(
    "p",
    { hidden: true },
    "Your name, your address and your mails are forgotten, and you can't sign in any more. Orders stay, without you. ",
    button("confirm-erase", "Yes, erase it", async () => {
      await api.eraseAccount();
      session.signOut();
      say("Your account is erased.");
      go("/");
    }),
  );
  show(
    "Your account",
    h(
      "section",
      { class: "narrow panel" },
      h("h1", {}, "Your account"),
      wrong,
      h("p", {}, `${user.username}, ${user.emailAddress}`),
      h("p", {}, button("export", "Download my data", async () => download(`emporion-${user.username}.json`, await api.everything(signal)))),
      h("p", {}, erase),
      confirm,
    ),
  );
}

async function act(element, action) {
  element.disabled = true;
  try {
    await action();
  } finally {
    element.disabled = false;
  }
}

function download(name, data) {
  const href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Says the same whether or not there is such an account, as the API does. */
export function forgotPage(show) {
  const element = form({
    testid: "forgot",
    submit: "Send me a link",
    fields: [EMAIL],
    onSubmit: async ({ email_address: emailAddress }) => {
      await api.forgotPassword(emailAddress.trim());
      show("Look into your mail", h("section", { class: "narrow panel", "data-testid": "link-sent" }, h("h1", {}, "Look into your mail"), h("p", {}, "If there is an account with that address, a link is on its way. It works once, for half an hour.")));
    },
  });
  show("Forgot your password?", h("section", { class: "narrow panel" }, h("h1", {}, "A new password"), element));
  element.querySelector("input").focus();
}

/** The link in the mail leads here; what it carries leaves the address bar at once. */
export function resetPage(show, { parameters: [token] }) {
  rename("/reset");
  const element = form({
    testid: "reset",
    submit: "Set the password",
    fields: [{ ...PASSWORD, label: "New password", autocomplete: "new-password", hint: "The longer, the better." }],
    onSubmit: async ({ password }) => {
      await api.setPassword(token, password);
      session.signOut();
      say("Your new password is set.");
      go("/sign-in");
    },
  });
  // Whose password it is only the issuer knows, but password managers look for a name.
  element.prepend(h("input", { type: "text", autocomplete: "username", hidden: true }));
  show("Set a new password", h("section", { class: "narrow panel" }, h("h1", {}, "Set a new password"), element));
  element.querySelector("[type=password]").focus();
}

/** OAuth 2 answers {"error": "invalid_grant"} in places where the rest of the API answers a problem. */
function explain(failure) {
  if (!(failure instanceof Problem) || ![400, 401].includes(failure.status)) throw failure;
  failure.title = "Not signed in";
  if (failure.errors.length === 0) failure.message = "Username and password do not match.";
  throw failure;
}

export function registerPage(show, { query }) {
  const attempt = { body: "", key: "" };
  const element = form({
    testid: "register",
    submit: "Register",
    fields: [USERNAME, EMAIL, { ...PASSWORD, autocomplete: "new-password", hint: "The longer, the better." }],
    onSubmit: async ({ username, email_address: emailAddress, password }) => {
      const user = { username: username.trim(), emailAddress: emailAddress.trim(), password };
      await api.register(user, keyOf(attempt, user));
      await enter(user.username, password, query);
    },
  });
  show(
    "Register",
    h("section", { class: "narrow panel" }, h("h1", {}, "Register"), element, h("p", {}, "You have an account? ", h("a", { href: link("/sign-in", query) }, "Sign in"))),
  );
  element.querySelector("input").focus();
}

/** The same details sent again, after no answer came, are the same registration. */
function keyOf(attempt, user) {
  const body = JSON.stringify(user);
  if (attempt.body !== body) Object.assign(attempt, { body, key: newKey() });
  return attempt.key;
}
