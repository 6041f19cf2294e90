package emporion.chassis.data;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Ids that sort by the time they were made. */
public final class Ids {
  /** What an id looks like as text (RFC 9562, section 4), as a regular expression. */
  public static final String TEXT = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private static final Pattern WHOLE = Pattern.compile(TEXT);

  private Ids() {}

  /** An id from its text; empty for any other, also for the shorter ones that Java takes. */
  public static Optional<UUID> parse(String text) {
    return WHOLE.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }

  /** A new UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 74 random bits. */
  public static UUID next() {
    var random = ThreadLocalRandom.current();
    long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12);
    long low = 0x8000000000000000L | random.nextLong() >>> 2;
    return new UUID(high, low);
  }

  /** Not after any id that was made at this moment or later. */
  public static UUID first(Instant moment) {
    return new UUID(moment.toEpochMilli() << 16 | 0x7000L, 0x8000000000000000L);
  }
}
