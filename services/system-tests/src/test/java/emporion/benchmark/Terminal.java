package emporion.benchmark;

import java.util.Locale;

/** Where it says how it gets on. */
final class Terminal {
  private Terminal() {}

  static void say(String words, Object... values) {
    System.out.println(values.length == 0 ? words : String.format(Locale.ROOT, words, values));
  }
}
