package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@code env/local/up} and {@code down} promise; {@code env/local/check} proves more of it, on
 * the usual ports.
 */
@Order(9)
@ExtendWith(RunningShop.class)
class LocalEnvironmentIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Shop shop;

  LocalEnvironmentIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void upWhereItRunsSaysSoAndStartsNothing() {
    var before = processes();
    var again = shop.up("--detach").succeeded();
    assertTrue(again.output().contains("runs already"), again::toString);
    assertTrue(again.output().contains(shop.gateway().toString()), again::toString);
    assertEquals(before, processes());
  }

  @Test
  @Tag("nightly")
  void downLeavesNothingAndUpFindsEverythingAsItWas() throws IOException {
    var shopper = shop.newShopper();
    var shelf = Shelf.with(shop, 7);
    var orderId = shopper.order("tok_visa", shelf.line(3)).text("/order_id");
    var order = shopper.ended(orderId);
    shopper.order("tok_timeout", shelf.line(1)); // somebody is at work
    var before = processes();
    var mails = shop.mails().size();

    shop.down().succeeded();
    theDatabasesAreClosed();
    // A process that has ended may wait for a moment until somebody has asked how.
    await("the processes are gone")
        .until(() -> before.stream().filter(ProcessHandle::isAlive).findAny().isEmpty());
    assertEquals(List.of(), shop.openPorts());
    aTakenPortIsNamed();

    shop.up("--detach").succeeded();
    assertEquals(order, shopper.order(orderId));
    assertEquals(4, shelf.settled().onHand());
    assertTrue(shop.mails().size() >= mails);
    var known = shop.credentials();
    var signIn = shop.signIn(known.get("SHOPPER_USERNAME"), known.get("SHOPPER_PASSWORD"));
    assertEquals(200, signIn.status(), signIn::toString);
  }

  @Test
  void logsStayShort() throws IOException {
    var log = shop.data().resolve("logs/storefront.log");
    Files.writeString(log, "x".repeat(1 << 20).concat("\n").repeat(11), StandardOpenOption.APPEND);
    await("the log is cut").atMost(PATIENCE).until(() -> Files.size(log) < 1 << 20);
    var before = log.resolveSibling("storefront.previous.log");
    assertTrue(Files.size(before) > 11 << 20, before::toString);
  }

  /** H2 writes into the first block of a file that it was closed in order. */
  private void theDatabasesAreClosed() throws IOException {
    try (var files = Files.newDirectoryStream(shop.data().resolve("db"), "*.mv.db")) {
      for (var file : files) {
        try (var in = Files.newInputStream(file)) {
          var header = new String(in.readNBytes(4_096), StandardCharsets.ISO_8859_1).strip();
          assertTrue(header.contains(",clean:1,"), () -> file + ": " + header);
        }
      }
    }
  }

  /** While the shop is down; it stays so. */
  private void aTakenPortIsNamed() throws IOException {
    int port = shop.port("storefront");
    try (var holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      var up = shop.up("--detach");
      assertFalse(up.code() == 0, up::toString);
      var named =
          "storefront: port "
              + holder.getLocalPort()
              + " is held by process "
              + ProcessHandle.current().pid();
      assertTrue(up.output().contains(named), up::toString);
    }
    assertEquals(List.of(), shop.openPorts());
  }

  private List<ProcessHandle> processes() {
    return shop.services().sorted().map(shop::process).toList();
  }
}
