/* Signing out, in all tabs: nothing of the account stays in this browser. Each tab draws its page anew when the session has gone. */
import * as attempt from "../js/attempt.js";
import * as basket from "../js/basket.js";
import { go } from "../js/router.js";
import * as session from "../js/session.js";

export function leave(text) {
  go("/", text);
  attempt.forget();
  basket.clear();
  session.signOut();
}
