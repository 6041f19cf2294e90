package emporion.chassis.data;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by the time they were made. */
public final class Ids {
  private Ids() {}

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
