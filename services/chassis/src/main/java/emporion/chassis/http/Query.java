package emporion.chassis.http;

import emporion.chassis.data.Ids;
import emporion.chassis.problem.Problem;
import emporion.chassis.text.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads query parameters; each bad one is a 400 that names it. */
public final class Query {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  /** Digits of ASCII, as many as a number has that Java can hold whatever it is. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private static final Pattern BROKEN = Pattern.compile("[\\x00\\p{Cs}]");

  private Query() {}

  /** The size of a page: 1 to 100, 20 where it is absent. */
  public static int limit(String value) {
    return (int) number("limit", value, 1, MAX_LIMIT).orElse((long) DEFAULT_LIMIT).longValue();
  }

  /** A whole number within bounds. */
  public static Optional<Long> number(String name, String value, long min, long max) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    if (!WHOLE.matcher(value).matches()) {
      throw Problem.invalid(name, "must be a whole number");
    }
    long number = Long.parseLong(value);
    if (number >= min && number <= max) {
      return Optional.of(number);
    }
    throw Problem.invalid(name, "must be between " + min + " and " + max);
  }

  /** A line of bounded length, in the form in which texts are kept; absent where it is blank. */
  public static Optional<String> text(String name, String value, int maxLength) {
    var text = value == null ? "" : Text.line(value);
    if (text.codePointCount(0, text.length()) > maxLength || BROKEN.matcher(text).find()) {
      throw Problem.invalid(
          name, "must have at most " + maxLength + " characters, none of them NUL or half of one");
    }
    return Optional.of(text).filter(Predicate.not(String::isEmpty));
  }

  /** An id. */
  public static Optional<UUID> id(String name, String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    var id = Ids.parse(value);
    if (id.isEmpty()) {
      throw Problem.invalid(name, "must be a UUID");
    }
    return id;
  }

  /** A point in time (RFC 3339). */
  public static Optional<Instant> time(String name, String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    var time = Times.parse(value);
    if (time.isEmpty()) {
      throw Problem.invalid(name, "must be a time like 2026-01-31T12:00:00Z");
    }
    return time;
  }

  /** One of an enumeration's names, in lower case on the wire. */
  public static <E extends Enum<E>> Optional<E> oneOf(String name, String value, Class<E> type) {
    var words = new LinkedHashMap<String, E>();
    for (var constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return oneOf(name, value, words);
  }

  /** What one of these words stands for. */
  public static <T> Optional<T> oneOf(String name, String value, Map<String, T> words) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    if (!words.containsKey(value)) {
      throw Problem.invalid(name, "must be one of " + String.join(", ", words.keySet()));
    }
    return Optional.of(words.get(value));
  }
}
