package emporion.notification.messages.entity;

import java.util.Locale;

/**
 * Who a letter is for.
 *
 * @param name empty where it is not known, or not known any more
 * @param language one of those that the shop writes in, as a BCP 47 tag
 */
public record Reader(String name, String language) {

  /** How numbers are written for them. */
  public Locale locale() {
    return Locale.forLanguageTag(language);
  }
}
