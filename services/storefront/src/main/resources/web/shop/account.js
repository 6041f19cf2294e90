/* Signing in and registering. Both lead back to where the shopper came from. */
import * as api from "../js/api.js";
import * as basket from "../js/basket.js";
import { h } from "../js/dom.js";
import { form } from "../js/form.js";
import { newKey } from "../js/http.js";
import { complain, failedPage, isAbort } from "../js/notices.js";
import { go, rename, replace } from "../js/router.js";
import * as session from "../js/session.js";
import { leave } from "./leave.js";

const USERNAME = { name: "username", label: "Username", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true };
// Called as the API calls it, whose errors point to it.
const EMAIL = { name: "email_address", label: "E-mail", type: "email", autocomplete: "email", required: true };
const PASSWORD = { name: "password", label: "Password", type: "password", required: true };

/** Where to go after: only ever a page of this shop, because it is put behind the "#". */
const next = (query) => query.get("next") ?? "/";

/** Who is signed in, in whatever tab, has nothing to do here. */
const goOn = (query) => replace(next(query), `Welcome, ${session.username()}.`);

const link = (path, query) => `#${path}${query.has("next") ? `?${new URLSearchParams({ next: query.get("next") })}` : ""}`;

/** The page that a shopper has to pass who wants to see what is theirs; the way back does not lead here again. */
export const signInFirst = (path) => replace(`/sign-in?${new URLSearchParams({ next: path })}`);

async function enter(username, password) {
  await session.signIn(username, password);
  basket.belongTo(username.toLowerCase());
}

export function signInPage(show, { query }) {
  if (session.username()) return goOn(query);
  const element = form({
    testid: "sign-in",
    submit: "Sign in",
    fields: [USERNAME, { ...PASSWORD, autocomplete: "current-password" }],
    onSubmit: ({ username, password }) => enter(username.trim(), password).catch(explain),
  });
  show(
    "Sign in",
    h("section", { class: "narrow panel" }, h("h1", {}, "Sign in"), element, h("p", {}, "New here? ", h("a", { href: link("/register", query), "data-testid": "register" }, "Register")), h("p", {}, h("a", { href: "#/forgot", "data-testid": "forgot" }, "Forgot your password?"))),
  );
  element.querySelector("input").focus();
}

/** What the shop knows of the shopper, to take away or to have forgotten. */
export async function accountPage(show, route) {
  if (!session.username()) return signInFirst("/account");
  try {
    const user = await api.account(route.signal);
    show("Your account", account(user, await chosen(route.signal), route.signal));
  } catch (failure) {
    if (isAbort(failure)) return;
    if (session.username()) show("Your account", failedPage(failure, () => accountPage(show, route)));
    else signInFirst("/account");
  }
}

/** Nothing where nobody tells: the rest of the account is there without it. */
const chosen = (signal) =>
  api.preferences(signal).catch((failure) => {
    if (isAbort(failure)) throw failure;
    return null;
  });

/** Each language calls itself by its own name. */
function language({ language: present, languages }) {
  const wrong = h("div", {});
  const choose = ({ currentTarget: choice }) => {
    wrong.replaceChildren();
    act(choice, () => api.prefer({ language: choice.value }))
      .then(() => (present = choice.value))
      .catch((failure) => {
        choice.value = present;
        complain(wrong, failure);
      });
  };
  const nameOf = (tag) => new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  const options = languages.map((tag) => h("option", { value: tag, selected: tag === present, lang: tag }, nameOf(tag)));
  return h(
    "div",
    { class: "action" },
    wrong,
    h("label", { for: "language" }, "Language of our mails"),
    h("select", { id: "language", "data-testid": "language", onchange: choose }, options),
  );
}

function account(user, preferences, signal) {
  const confirm = h(
    "div",
    { hidden: true },
    h("p", {}, "Your name, your address and your mails are forgotten, and you can't sign in any more. Orders stay, without you."),
    action("confirm-erase", "Yes, erase it", async () => {
      await api.eraseAccount();
      leave("Your account is erased.");
    }),
  );
  const erase = async () => {
    confirm.hidden = false;
    confirm.querySelector("button").focus();
  };
  return h(
    "section",
    { class: "narrow panel" },
    h("h1", {}, "Your account"),
    h("dl", { class: "facts" }, h("dt", {}, "Username"), h("dd", {}, user.username), h("dt", {}, "E-mail"), h("dd", {}, user.emailAddress)),
    preferences && language(preferences),
    action("export", "Download my data", async () => download(`emporion-${user.username}.json`, await api.everything(signal))),
    action("erase", "Erase my account", erase),
    confirm,
  );
}

/** A button, and above it what went wrong when it was pressed. */
function action(testid, label, run) {
  const wrong = h("div", {});
  const press = (event) => {
    wrong.replaceChildren();
    act(event.currentTarget, run).catch((failure) => isAbort(failure) || complain(wrong, failure));
  };
  return h("div", { class: "action" }, wrong, h("button", { type: "button", "data-testid": testid, onclick: press }, label));
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
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
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
      go("/sign-in", "Your new password is set.");
    },
  });
  // Whose password it is only the issuer knows, but password managers look for a name.
  element.prepend(h("input", { type: "text", autocomplete: "username", hidden: true }));
  show("Set a new password", h("section", { class: "narrow panel" }, h("h1", {}, "Set a new password"), element));
  element.querySelector("[type=password]").focus();
}

/** A name or a password that can't be is as wrong as one that isn't. */
function explain(failure) {
  if (failure.type === "invalid-request" && failure.errors.length === 0) {
    [failure.title, failure.message] = ["Not signed in", "Username and password do not match."];
  }
  if (failure.type === "rate-limited") failure.message = "There were too many wrong passwords. Wait, or ask for a new one by e-mail.";
  throw failure;
}

/** A name that is taken is told beside its field. */
function explainTaken(failure) {
  if (failure.type === "username-taken") failure.errors = [{ pointer: "/username", detail: "is taken" }];
  throw failure;
}

export function registerPage(show, { query }) {
  if (session.username()) return goOn(query);
  const attempt = { body: "", key: "" };
  const element = form({
    testid: "register",
    submit: "Register",
    fields: [USERNAME, EMAIL, { ...PASSWORD, autocomplete: "new-password", hint: "The longer, the better." }],
    onSubmit: async ({ username, email_address: emailAddress, password }) => {
      const user = { username: username.trim(), emailAddress: emailAddress.trim(), password };
      await api.register(user, keyOf(attempt, user)).catch(explainTaken);
      await enter(user.username, password);
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
