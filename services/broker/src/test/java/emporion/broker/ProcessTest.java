package emporion.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmCallback;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a whole process shows: its death, its end, and how it refuses to start. */
class ProcessTest {
  private static final int BEFORE_THE_KILL = 200;
  private static final int SIGTERM = 128 + 15;

  @TempDir Path folder;

  @Test
  void killedWhileMessagesComeItKeepsEachThatItConfirmed() throws Exception {
    Set<String> confirmed;
    try (var process = BrokerProcess.start(Fixtures.anyPorts(folder))) {
      var connection = Fixtures.connect("emporion:emporion", process.port());
      var stream = new Stream(Fixtures.topology(connection));
      var publisher = Thread.ofVirtual().start(stream);
      assertTrue(stream.enough.await(20, TimeUnit.SECONDS));
      process.kill();
      publisher.join();
      connection.abort();
      confirmed = stream.confirmed;
    }
    try (var process = BrokerProcess.start(Fixtures.anyPorts(folder));
        var connection = Fixtures.connect("emporion:emporion", process.port())) {
      var kept = Fixtures.drain(connection.createChannel());
      assertTrue(confirmed.size() >= BEFORE_THE_KILL);
      confirmed.removeAll(kept);
      assertEquals(Set.of(), confirmed, "confirmed and lost");
    }
  }

  @Test
  void toldToEndItClosesTheStore() throws Exception {
    try (var process = BrokerProcess.start(Fixtures.anyPorts(folder))) {
      var connection = Fixtures.connect("guest:guest", process.port());
      var channel = Fixtures.topology(connection);
      channel.confirmSelect();
      Fixtures.publish(channel, Fixtures.QUEUE, "kept");
      channel.waitForConfirmsOrDie(20_000);
      process.terminate();
      assertEquals(SIGTERM, process.exitCode());
      connection.abort();
      var said = process.remainingOutput();
      assertTrue(said.getLast().contains("the store is closed"), said::toString);
    }
    try (var process = BrokerProcess.start(Fixtures.anyPorts(folder));
        var connection = Fixtures.connect("guest:guest", process.port())) {
      assertEquals(Set.of("kept"), Fixtures.drain(connection.createChannel()));
    }
  }

  @Test
  void aTakenPortIsNamedInOneLine() throws Exception {
    for (var setting : Set.of(Settings.PORT, Settings.MAILBOX_PORT, Settings.HEALTH_PORT)) {
      try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        var settings = new HashMap<>(Fixtures.anyPorts(folder.resolve(setting)));
        settings.put(setting, Integer.toString(taken.getLocalPort()));
        try (var process = BrokerProcess.start(settings)) {
          assertEquals(1, process.exitCode());
          var said = process.remainingOutput();
          assertEquals(1, said.size(), said::toString);
          var line = said.getFirst();
          assertTrue(line.startsWith("{") && line.endsWith("}"), line);
          assertTrue(
              line.contains("Port %d on 127.0.0.1 can't be had".formatted(taken.getLocalPort())),
              line);
          assertTrue(line.contains(setting), line);
        }
      }
    }
  }

  @Test
  void beyondLoopbackItWantsAPassword() throws Exception {
    var settings = new HashMap<>(Fixtures.anyPorts(folder));
    settings.put("EMPORION_BROKER_HOST", "0.0.0.0");
    try (var process = BrokerProcess.start(settings)) {
      assertEquals(1, process.exitCode());
      var said = process.remainingOutput();
      assertTrue(said.getFirst().contains("set EMPORION_BROKER_PASSWORD"), said::toString);
    }
    settings.put("EMPORION_BROKER_PASSWORD", "a-long-one");
    try (var process = BrokerProcess.start(settings)) {
      int port = process.port();
      Fixtures.connect("emporion:a-long-one", port).close();
      assertFalse(BrokerTest.admitted("guest:guest", port));
    }
  }

  @Test
  void whereTheQueuesAreElsewhereItIsTheMailboxAlone() throws Exception {
    var settings = new HashMap<>(Fixtures.anyPorts(folder));
    settings.put("EMPORION_BROKER_EMBEDDED", "false");
    try (var server = Server.start(Settings.read(settings::get))) {
      assertEquals(Optional.empty(), server.amqpPort());
      assertFalse(Files.exists(folder.resolve("broker")));
      assertTrue(Health.greetsSmtp(InetAddress.getLoopbackAddress(), server.mailPort()));
      var health = URI.create("http://127.0.0.1:" + server.healthPort() + "/health/ready").toURL();
      assertEquals(
          "{\"status\":\"UP\",\"checks\":[{\"name\":\"mailbox\",\"status\":\"UP\"}]}",
          new String(health.openStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Publishes without pause until the connection dies, and notes what was confirmed. */
  private static final class Stream implements Runnable {
    private final Channel channel;
    private final ConcurrentSkipListSet<Long> waiting = new ConcurrentSkipListSet<>();
    final Set<String> confirmed = new ConcurrentSkipListSet<>();
    final CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);

    Stream(Channel channel) throws IOException {
      this.channel = channel;
      channel.confirmSelect();
      ConfirmCallback ack = this::confirm;
      channel.addConfirmListener(ack, (tag, multiple) -> {});
    }

    private void confirm(long tag, boolean multiple) {
      var tags = multiple ? waiting.headSet(tag, true) : Set.of(tag);
      for (var each : Set.copyOf(tags)) {
        waiting.remove(each);
        confirmed.add(Long.toString(each));
        enough.countDown();
      }
    }

    @Override
    public void run() {
      try {
        while (true) {
          long tag = channel.getNextPublishSeqNo();
          waiting.add(tag);
          Fixtures.publish(channel, Fixtures.QUEUE, Long.toString(tag));
        }
      } catch (IOException | ShutdownSignalException e) {
        // the kill that the test is about
      }
    }
  }
}
