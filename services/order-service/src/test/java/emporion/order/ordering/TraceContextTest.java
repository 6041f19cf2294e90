package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.BROKEN;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.chassis.telemetry.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where an order goes, its trace goes, too, whoever works on it. */
class TraceContextTest {
  private static final Trace GIVEN =
      Trace.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1,b=2", "shopper=vip");

  private static String place() {
    return Shop.shopper()
        .with(Trace.PARENT, GIVEN.traceparent())
        .with(Trace.STATE, GIVEN.state())
        .with(Trace.BAGGAGE, GIVEN.baggage())
        .post("/v1/orders", order(1))
        .text("/order_id");
  }

  @Test
  void neighboursAndEventsAreToldTheWholeOfIt() {
    var id = place();
    for (var call : List.of("PUT reserve", "PUT charge", "POST commit")) {
      assertEquals(List.of(GIVEN), NEIGHBOURS.traces(call, id), call);
    }
    var told =
        "select count(*) from outbox where aggregate_id = '%s' and traceparent = '%s'"
            .formatted(id, GIVEN.traceparent());
    assertEquals(2, Shop.number(told + " and tracestate = 'a=1,b=2' and baggage = 'shopper=vip'"));
  }

  @Test
  void whoTakesAnOrderUpLaterGoesOnWithTheTraceOfItsRequest() {
    NEIGHBOURS.upset("PUT charge", BROKEN, BROKEN);
    var id = place();
    var charges = NEIGHBOURS.traces("PUT charge", id);
    assertEquals(3, charges.size());
    for (var charge : charges) {
      assertEquals(GIVEN.traceparent(), charge.traceparent());
    }
  }
}
