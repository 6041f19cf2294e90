package emporion.chassis.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import emporion.chassis.data.Ids;
import emporion.chassis.messaging.Event;
import emporion.chassis.telemetry.Trace;
import emporion.contracts.Events;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a message says about its event, as api-specs/asyncapi/events.yaml promises. */
class CloudEventsTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final Trace TRACE = Trace.of(PARENT, "congo=t61rcWkgMzE", "shopper=vip;tier=1");

  private final Broker broker =
      new Broker(
          URI.create("amqp://127.0.0.1:1"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "order-service");

  private static Event event(Trace trace) {
    var data = Events.example("order_created").toString();
    var subject = Ids.next().toString();
    return new Event(Ids.next(), "order_created", subject, 0, Instant.now(), trace, data);
  }

  @Test
  void theHeadersAreAsDocumented() {
    for (var trace : List.of(Trace.begun(), TRACE)) {
      var headers = broker.properties(event(trace), trace).getHeaders();
      assertEquals(List.of(), Events.violations("order_created", headers));
    }
  }

  @Test
  void aHeaderThatIsMissingOrWrongIsSeen() {
    var headers = broker.properties(event(TRACE), TRACE).getHeaders();
    for (var name : headers.keySet()) {
      var wrong = new HashMap<>(headers);
      wrong.put(name, "?");
      assertFalse(Events.violations("order_created", wrong).isEmpty(), name);
    }
    assertFalse(Events.violations("order_confirmed", headers).isEmpty());
  }

  @Test
  void anEventComesOutOfItsMessageAsItWentIn() {
    var event = event(TRACE);
    var message = broker.properties(event, event.trace());
    assertEquals(event.id().toString(), message.getMessageId());
    assertEquals("application/json", message.getContentType());
    assertEquals(event, Broker.event(message, event.data().getBytes(StandardCharsets.UTF_8)));
  }
}
