package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import emporion.chassis.testkit.Http;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code env/local/dead-letters} promises. */
@Order(9)
@ExtendWith(RunningShop.class)
class DeadLettersIT {
  private static final String QUEUE = "order-service.refunds";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern METRIC =
      Pattern.compile("^dead_letters\\{.*queue=\"([^\"]+)\".*\\} (\\S+)$", Pattern.MULTILINE);

  private final Shop shop;

  DeadLettersIT(Shop shop) {
    this.shop = shop;
  }

  private Script deadLetters(String... arguments) {
    var home = shop.data().resolve("../../..").normalize().toString();
    var command = Stream.concat(Stream.of("env/local/dead-letters"), Stream.of(arguments)).toList();
    return Script.run(Shop.root(""), Map.of("LOCAL_HOME", home), PATIENCE, command);
  }

  private TreeSet<String> queuesInTheMetrics() {
    var queues = new TreeSet<String>();
    for (var service : List.of("order-service", "product-service", "notification-service")) {
      var metrics =
          Http.to(URI.create("http://127.0.0.1:" + shop.managementPort(service))).get("/metrics");
      METRIC.matcher(metrics.body()).results().forEach(found -> queues.add(found.group(1)));
    }
    return queues;
  }

  private void poison() throws Exception {
    var factory = new ConnectionFactory();
    factory.setPort(shop.port("broker"));
    factory.setUsername("emporion");
    factory.setPassword(shop.secret("EMPORION_BROKER_PASSWORD"));
    try (var connection = factory.newConnection();
        var channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          "",
          QUEUE,
          true,
          MessageProperties.PERSISTENT_BASIC,
          "?".getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie(10_000);
    }
  }

  private void awaitOne() {
    await("the dead letter")
        .atMost(PATIENCE)
        .until(() -> deadLetters("list", QUEUE).succeeded().output().strip().endsWith(" 1"));
  }

  @Test
  void everyConsumersQueueIsListed() {
    var listed = new TreeSet<String>();
    deadLetters("list").succeeded().output().lines().forEach(l -> listed.add(l.split(" ")[0]));

    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(listed, queuesInTheMetrics()));
  }

  @Test
  void aDeadLetterIsShownSentBackAndDropped() throws Exception {
    poison();
    awaitOne();
    var shown = deadLetters("show", QUEUE).succeeded().output();
    assertTrue(shown.contains("is no event") && shown.contains("body    ?"), shown);

    var replayed = deadLetters("replay", QUEUE).succeeded().output();
    assertTrue(replayed.contains("1 replayed"), replayed);
    awaitOne();
    var dropped = deadLetters("drop", QUEUE).succeeded().output();
    assertTrue(dropped.contains("1 dropped"), dropped);
    var left = deadLetters("list", QUEUE).succeeded().output();
    assertTrue(left.strip().endsWith(" 0"), left);
  }

  @Test
  void aWrongCallExplainsItself() {
    var wrong = deadLetters("remove", QUEUE);
    assertEquals(2, wrong.code(), wrong::toString);
    assertTrue(wrong.output().startsWith("Usage: dead-letters"), wrong::toString);
    assertTrue(deadLetters("--help").succeeded().output().contains("replay QUEUE [ID..]"));
    assertEquals(1, deadLetters("show", "nobody.knows").code());
  }
}
