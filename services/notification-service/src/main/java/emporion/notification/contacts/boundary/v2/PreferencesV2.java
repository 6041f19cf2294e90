package emporion.notification.contacts.boundary.v2;

import java.util.List;

/**
 * How a user wants to be written to.
 *
 * @param language a BCP 47 tag
 * @param languages those that there are to choose from, the shop's own first
 */
public record PreferencesV2(String language, List<String> languages) {}
