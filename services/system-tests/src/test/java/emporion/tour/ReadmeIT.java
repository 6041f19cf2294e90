package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's tour, pasted. */
@Order(6)
@ExtendWith(RunningShop.class)
class ReadmeIT {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  private final Shop shop;

  ReadmeIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void doesWhatItSaysWhenItIsPasted() throws IOException {
    for (var program : List.of("bash", "curl", "sed")) {
      assumeTrue(Script.isInstalled(program), program + " is missing, into which readers paste it");
    }
    var said = bash(tour()).succeeded().output();
    for (var promised :
        List.of(
            "\"status\":\"confirmed\"",
            "\"reason\":\"payment_declined\"",
            "\"reason\":\"out_of_stock\"",
            "\"reason\":\"cancelled_by_customer\"",
            "\"kind\":\"order_confirmed\"",
            ".eml",
            "\"amount\":500",
            "\"id\":\"",
            "\"user_id\":\"")) {
      assertTrue(said.contains(promised), () -> promised + " is missing in\n" + said);
    }
    assertEquals(-1, said.indexOf("urn:emporion:problem"), said);
  }

  /** Every block of the tour, for this shop instead of the reader's. */
  private String tour() throws IOException {
    var readme = Files.readString(Shop.root("README.md"));
    return BLOCK
        .matcher(readme)
        .results()
        .map(MatchResult::group)
        .map(block -> block.lines().filter(line -> !line.startsWith("```")))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"))
        .replace("http://127.0.0.1:8080", shop.gateway().toString())
        .replace("env/local/data", shop.data().toString())
        .replace("sleep 2", "sleep 12"); // whoever reads has one shop on the machine
  }

  private static Script bash(String lines) {
    return Script.run(
        Shop.root(""), Map.of(), Duration.ofMinutes(3), List.of("bash", "-euc", lines));
  }
}
