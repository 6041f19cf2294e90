package emporion.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NowTest {

  @Test
  void aDayHasTwoDigits() {
    var second = Instant.parse("2026-12-01T08:09:10Z").getEpochSecond();
    assertEquals("Tue, 01 Dec 2026 08:09:10 GMT", Now.at(second).header().get());
  }
}
