package emporion.chassis.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlipTest {
  @Test
  void oneSlipAndNotTwo() {
    for (var word : List.of("olive", "olvie", "oliv", "olives", "alive", "lolive", "oive")) {
      assertTrue(new Slip(word).is("olive"), word);
    }
    for (var word : List.of("oilv", "liveo", "vlioe", "oli", "")) {
      assertFalse(new Slip(word).is("olive"), word);
    }
  }

  @Test
  void theBeginningCounts() {
    assertTrue(new Slip("olvie").begins("olives"));
    assertTrue(new Slip("candel").begins("candlestick"));
    assertFalse(new Slip("olvie").begins("solives"));
    assertFalse(new Slip("olvie").begins("oli"));
  }

  @Test
  void lettersAreCodePoints() {
    assertTrue(new Slip("\uD835\uDD52bcd").is("abcd"));
    assertTrue(new Slip("abcd").begins("ab\uD835\uDD52cd"));
    assertEquals(false, new Slip("abcd").begins("\uD835\uDD52\uD835\uDD52cd"));
  }
}
