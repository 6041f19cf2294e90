package emporion.chassis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.data.Ids;
import emporion.chassis.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static Cursor decoded(String text) {
    return decoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Cursor decoded(byte[] bytes) {
    return Cursor.decode(Base64.getUrlEncoder().encodeToString(bytes), 1).orElseThrow();
  }

  @Test
  void whatWasGivenIsRead() {
    var id = Ids.next();
    var given = Cursor.of("mark", -7L, id);
    var read = Cursor.decode(given.encoded(), 3).orElseThrow();
    assertEquals(given, read);
    assertEquals(-7, read.number(1));
    assertEquals(id, read.id(2));
    assertThrows(Problem.class, () -> Cursor.decode(given.encoded(), 2));
  }

  @Test
  void whatElseJavaTakesForIdsAndNumbersIsNone() {
    for (var text : List.of("1-1-1-1-1", "x", "00000000-0000-0000-0000-00000000000\u0661")) {
      assertThrows(Problem.class, () -> decoded(text).id(0), text);
    }
    for (var text : List.of("\u0661\u0662", "+1", " 1", "1.0", "9".repeat(19))) {
      assertThrows(Problem.class, () -> decoded(text).number(0), text);
    }
  }

  @Test
  void whatNoDatabaseStoresIsNoPlace() {
    assertThrows(Problem.class, () -> decoded("a\0"));
    assertThrows(Problem.class, () -> decoded(new byte[] {'a', (byte) 0xff}));
    assertThrows(Problem.class, () -> Cursor.decode("%%%", 1));
  }
}
