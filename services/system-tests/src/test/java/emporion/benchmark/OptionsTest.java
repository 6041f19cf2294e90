package emporion.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutAnyAllIsMeasuredOfTheShopThatRuns() {
    var options = Options.of(List.of());
    assertEquals(List.of(), options.databases());
    assertTrue(Options.PARTS.stream().allMatch(options::wants));
    assertEquals(List.of(Work.USER, Work.GATEWAY, Work.PRODUCTS, Work.TIMELINE), options.reads());
    assertEquals(5, options.rounds());
  }

  @Test
  void sizesFollowTheNumberOfOrdersUnlessTheyAreSaid() {
    var options = Options.of(List.of("--grown", "1000000", "--users", "7"));
    assertEquals(
        List.of(1_000_000, 7, 50_000, 50_000),
        List.of(
            options.grown(),
            options.grownUsers(),
            options.grownProducts(),
            options.grownCustomer()));
  }

  @Test
  void aBrokerGoesWithItsDatabase() {
    var options = Options.of(List.of("--database", "h2,postgres"));
    assertEquals("embedded", options.broker("h2"));
    assertEquals("rabbitmq", options.broker("postgres"));
    assertEquals(Optional.of("embedded"), Options.of(List.of("--broker", "embedded")).broker());
  }

  @Test
  void whatIsNotKnownIsSaid() {
    for (var words :
        List.of(
            "--strange 1",
            "rounds 1",
            "--rounds",
            "--rounds -1",
            "--rounds many",
            "--orders 99999999999",
            "--only order,nothing",
            "--database oracle",
            "--levels 1,,4",
            "--levels 1,x")) {
      var arguments = List.of(words.split(" "));
      assertThrows(IllegalArgumentException.class, () -> Options.of(arguments), words);
    }
  }
}
