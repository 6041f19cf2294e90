package emporion.chassis.http;

import emporion.chassis.data.Ids;
import emporion.chassis.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A place in an ordered list, opaque to clients.
 *
 * @param parts the values of the sort keys of the last item seen, the id last
 */
public record Cursor(List<String> parts) {
  private static final String SEPARATOR = "\u001f";
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

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
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      var parts = List.of(text.split(SEPARATOR, -1));
      if (parts.size() == size && text.indexOf('\0') < 0) {
        return Optional.of(new Cursor(parts));
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw unknown();
    }
    throw unknown();
  }

  /**
   * A part that is an id.
   *
   * @throws Problem 400 where it is none
   */
  public UUID id(int part) {
    return Ids.parse(parts.get(part)).orElseThrow(Cursor::unknown);
  }

  /**
   * A part that is a whole number.
   *
   * @throws Problem 400 where it is none
   */
  public long number(int part) {
    var number = parts.get(part);
    if (!WHOLE.matcher(number).matches()) {
      throw unknown();
    }
    return Long.parseLong(number);
  }

  String encoded() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
  }

  /** 400: the place is of another list. */
  public static Problem unknown() {
    return Problem.invalid("cursor", "is not a cursor of this list");
  }
}
