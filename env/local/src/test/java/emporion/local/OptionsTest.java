package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options of(String... arguments) {
    return Options.of(List.of(arguments), "Usage");
  }

  private static String refusal(String... arguments) {
    var failure = assertThrows(Failure.class, () -> of(arguments));
    assertEquals(2, failure.code());
    return failure.getMessage();
  }

  @Test
  void flagsComeInAnyOrderAndForm() {
    var chosen = Map.of("--database", "postgres", "--broker", "rabbitmq");

    assertEquals(
        new Options(true, true, false, chosen, Map.of()),
        of("--database=postgres", "--fresh", "--broker", "rabbitmq", "--detach"));
    assertEquals(Map.of("--observe", "on"), of("--observe", "--detach").choices());
    assertEquals(Map.of("--observe", "off"), of("--observe=off").choices());
    assertEquals(
        Map.of("order-service", 3, "books", 2),
        of("--scale", "order-service=3", "--scale=books=2").instances());
  }

  @Test
  void whatNobodyKnowsIsNamed() {
    assertEquals("Unknown argument: --sideways\n\nUsage", refusal("--detach", "--sideways"));
    assertEquals("Unknown argument: --database=oracle\n\nUsage", refusal("--database", "oracle"));
    assertEquals("Unknown argument: --broker=\n\nUsage", refusal("--broker"));
    assertEquals("Unknown argument: --scale=books=0\n\nUsage", refusal("--scale", "books=0"));
    assertEquals("Unknown argument: --scale=books=10\n\nUsage", refusal("--scale=books=10"));
    assertEquals("Unknown argument: --scale\n\nUsage", refusal("--scale"));
  }
}
