package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir private Path folder;
  private Ports ports;

  /** Something that listens on one port. */
  private record Listener(String name, Map<String, Integer> ports) implements Member {
    @Override
    public Process start() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isReady() {
      return false;
    }
  }

  @BeforeEach
  void project() {
    ports = new Ports(new Project(folder).local(), 0);
  }

  private static ServerSocket holder(boolean everywhere) throws IOException {
    return new ServerSocket(0, 1, everywhere ? null : InetAddress.getLoopbackAddress());
  }

  @Test
  void aPortIsTakenWhereverItsHolderListens() throws IOException {
    for (var everywhere : List.of(true, false)) {
      int port;
      try (var holder = holder(everywhere)) {
        port = holder.getLocalPort();
        assertFalse(Ports.isFree(port));
        assertTrue(ports.nextFree(port) > port);
      }
      assertTrue(Ports.isFree(port));
    }
  }

  @Test
  void aTakenPortIsNamedWithItsHolder() throws IOException {
    try (var holder = holder(false)) {
      var books = new Listener("books", Map.of("SERVER_PORT", holder.getLocalPort()));

      var failure = assertThrows(Failure.class, () -> ports.check(List.of(books)));

      var named =
          "books: port %d is held by process %d ("
              .formatted(holder.getLocalPort(), ProcessHandle.current().pid());
      assertTrue(failure.getMessage().startsWith(named), failure::getMessage);
    }
  }

  @Test
  void thePortOfTheDatabaseGivesWay() throws IOException {
    try (var holder = holder(false)) {
      int port = holder.getLocalPort();

      ports.check(List.of(new Listener("postgres", Map.of(Ports.POSTGRES, port))));

      assertTrue(ports.postgres() > port);
    }
  }

  @Test
  void nobodyIsGivenAPortOfTheShop() {
    assertTrue(ports.nextFree(5672) > 5672);
    assertEquals(
        3, ports.others(new Project(folder).local().services().get("books"), 20_000).size());
  }
}
