package emporion.chassis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryTest {

  @Test
  void timesAreThoseOfRfc3339() {
    Map.of(
            "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z",
            "2026-01-31t12:00:00z", "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.123456789987Z", "2026-01-31T12:00:00.123456789Z",
            "2026-01-31T12:00:00.5+01:30", "2026-01-31T10:30:00.500Z",
            "2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00Z",
            "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z",
            "2017-01-01T00:59:60+01:00", "2016-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")
        .forEach(
            (text, time) ->
                assertEquals(Optional.of(Instant.parse(time)), Query.time("t", text), text));
  }

  @Test
  void whatElseJavaKnowsIsNoTime() {
    for (var text :
        List.of(
            "2026-01-31T00:00Z",
            "2026-01-31",
            "2026-01-31T12:00:00",
            "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "2026-01-31T12:00:00+01",
            "2026-01-31T12:00:00+0100",
            "2026-01-31T12:00:00+01:00:30",
            "2026-01-31T12:00:60Z",
            "2026-01-31T23:59:61Z",
            "2026-02-30T12:00:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31 12:00:00Z",
            "2026-01-31T12:00:00,5Z",
            "\u0662026-01-31T12:00:00Z",
            "2026-01-31T12:00:00Z[UTC]")) {
      assertThrows(Problem.class, () -> Query.time("t", text), text);
    }
  }

  @Test
  void numbersAreDigitsOfAscii() {
    assertEquals(Optional.of(12L), Query.number("n", "12", 0, 100));
    assertEquals(Optional.of(-12L), Query.number("n", "-12", -100, 100));
    for (var text :
        List.of("\u0661\u0662", "+12", " 12", "1e1", "0x1", "--1", "99999999999999999999")) {
      assertThrows(Problem.class, () -> Query.number("n", text, 0, 100), text);
    }
  }

  @Test
  void lengthsCountCodePoints() {
    assertEquals(
        Optional.of("\ud83d\ude00".repeat(3)), Query.text("q", "\ud83d\ude00".repeat(3), 3));
    assertThrows(Problem.class, () -> Query.text("q", "\ud83d\ude00".repeat(4), 3));
    assertThrows(Problem.class, () -> Query.text("q", "\ud83d", 3));
  }

  @Test
  void textIsReadInTheFormInWhichItIsKept() {
    assertEquals(Optional.of("\u00e9 x"), Query.text("q", "\u00a0e\u0301\u2003x\u200b", 3));
    assertEquals(Optional.empty(), Query.text("q", "\u00a0\u3164\u200b", 3));
  }

  @Test
  void datesOfHeadersHaveTwoDigitsForTheDay() {
    assertEquals(
        "Mon, 01 Jan 2029 00:00:00 GMT", Times.httpDate(Instant.parse("2029-01-01T00:00:00Z")));
  }
}
