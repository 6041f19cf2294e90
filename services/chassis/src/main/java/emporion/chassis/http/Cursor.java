package emporion.chassis.http;

import emporion.chassis.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A place in an ordered list, opaque to clients.
 *
 * @param parts the values of the sort keys of the last item seen, the id last
 */
public record Cursor(List<String> parts) {
  private static final String SEPARATOR = "\u001f";

  /** A cursor behind the item with these sort keys. */
  public static Cursor of(Object... parts) {
    return new Cursor(List.of(parts).stream().map(Object::toString).toList());
  }

  /**
   * Reads what an earlier page gave as {@code next}.
   *
   * @param size how many sort keys the list has
   * @throws Problem 400 for anything else
   */
  public static Optional<Cursor> decode(String encoded, int size) {
    if (encoded == null || encoded.isEmpty()) {
      return Optional.empty();
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
      var parts = List.of(text.split(SEPARATOR, -1));
      if (parts.size() == size) {
        return Optional.of(new Cursor(parts));
      }
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
    throw unknown();
  }

  String encoded() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
  }

  private static Problem unknown() {
    return Problem.invalid("cursor", "is not a cursor of this list");
  }
}
