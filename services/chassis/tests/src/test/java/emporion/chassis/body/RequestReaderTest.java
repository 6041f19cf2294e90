package emporion.chassis.body;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.text.FreeText;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
  private static final String SMILE = "\ud83d\ude00";

  private final RequestReader reader = new RequestReader(new Constraints());

  private record Note(
      @Size(min = 2, max = 4) String text,
      @Size(max = 2) List<@Size(max = 1) String> tags,
      @FreeText(max = 4) String line,
      @FreeText(max = 4, lines = true) String lines,
      @FreeText(max = 30) String words) {}

  private Note read(byte[] body) throws IOException {
    @SuppressWarnings({"unchecked", "rawtypes"})
    var type = (Class<Record>) (Class) Note.class;
    return (Note)
        reader.readFrom(
            type,
            type,
            null,
            MediaType.APPLICATION_JSON_TYPE,
            new MultivaluedHashMap<>(),
            new ByteArrayInputStream(body));
  }

  private Note read(String json) throws IOException {
    return read(json.getBytes(UTF_8));
  }

  private List<FieldError> refusal(byte[] body) {
    return assertThrows(Problem.class, () -> read(body)).errors();
  }

  private void assertRefused(String pointer, String json) {
    assertEquals(pointer, refusal(json.getBytes(UTF_8)).getFirst().pointer(), json);
  }

  @Test
  void lengthsCountCodePoints() throws IOException {
    var four = SMILE.repeat(4);
    assertEquals(four, read("{\"text\":\"" + four + "\"}").text());
    assertRefused("/text", "{\"text\":\"" + SMILE + "\"}");
    assertRefused("/text", "{\"text\":\"" + four + "x\"}");
    assertRefused("/tags/0", "{\"tags\":[\"xx\"]}");
    assertRefused("/tags", "{\"tags\":[\"\",\"\",\"\"]}");
  }

  @Test
  void textIsWhole() {
    for (var broken : List.of("a\\u0000", "\\ud83d", "\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00")) {
      assertRefused("/text", "{\"text\":\"" + broken + "\"}");
      assertRefused("/tags/0", "{\"tags\":[\"" + broken + "\"]}");
    }
  }

  @Test
  void freeTextIsReadInTheFormInWhichItIsKept() throws IOException {
    var note = read("{\"line\":\"\u00A0e\u0301 \u2003x\u200B\",\"lines\":\"\\n a\\nb\"}");
    assertEquals("\u00E9 x", note.line());
    assertEquals("a\nb", note.lines());
    assertEquals("", read("{\"lines\":\"\u200B\\n \"}").lines());
    for (var bad :
        List.of("", " \u200B\u3164", "a\\nb", "a\u202Eb", "a\\u0007", "abcde", "\uFE0F")) {
      assertRefused("/line", "{\"line\":\"" + bad + "\"}");
    }
    for (var bad : List.of("a\u202Eb", "a\\u0007", "abcde", "\uFE0F")) {
      assertRefused("/lines", "{\"lines\":\"" + bad + "\"}");
    }
  }

  /** Whatever else is wrong with the request. */
  @Test
  void freeTextHoldsNoCardNumber() throws IOException {
    var json = "{\"text\":\"x\",\"words\":\"card 4111 1111 1111 1111\"}";
    var refused = assertThrows(Problem.class, () -> read(json));
    assertEquals("card-number-refused", refused.slug());
    assertEquals(
        List.of(new FieldError("/words", "must not hold a card number")), refused.errors());
    assertEquals("order 4111 1111", read("{\"words\":\"order 4111 1111\"}").words());
  }

  @Test
  void jsonIsUtf8WithoutAMark() {
    for (var body :
        List.of(
            "{}".getBytes(UTF_16),
            "\ufeff{}".getBytes(UTF_8),
            new byte[] {'{', 0, '}', 0},
            new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, 'x', '"', '}'},
            new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xc3, '"', '}'})) {
      refusal(body);
    }
  }
}
