package emporion.order.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.Saga;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.junit.jupiter.api.Test;

/** The table that tells how long neighbours are waited for says what the code does. */
class NeighboursTest {
  private static final Path TABLE = Path.of("..", "README.md");

  @Test
  void theTableIsTrue() throws Exception {
    var rows =
        Map.<String, AnnotatedElement>of(
            "user-service whether", Customers.class.getMethod("mayOrder", UUID.class, String.class),
            "product-service for names", Catalogue.class.getMethod("find", Collection.class),
            "product-service to reserve", Stock.class,
            "payment-service to charge", Payments.class,
            "payment-service for its network's", CardNetworkTerms.class.getMethod("tokens"),
            "product-service for a story",
                StockHistory.class.getMethod("of", Saga.class, Order.class),
            "payment-service for a story", PaymentHistory.class.getMethod("of", Saga.class),
            "notification-service for a story's mails",
                MailHistory.class.getMethod("of", Order.class),
            "notification-service for who", MailHistory.class.getMethod("reading", List.class));
    for (var row : rows.entrySet()) {
      assertEquals(told(row.getKey(), row.getValue()), row(row.getKey()), row.getKey());
      var breaker = row.getValue().getAnnotation(CircuitBreaker.class);
      assertEquals(0.5, breaker.failureRatio(), row.getKey());
      boolean rare = row.getKey().endsWith("network's");
      assertEquals(rare ? 4 : 20, breaker.requestVolumeThreshold(), row.getKey());
    }
  }

  private record Row(String limit, String retries, String pause, String atOnce) {}

  /** The first word of each cell counts, or the first two: the others say why. */
  private static Row row(String begin) throws IOException {
    var cells =
        Files.readAllLines(TABLE).stream()
            .filter(line -> line.startsWith("| " + begin))
            .findFirst()
            .orElseThrow(() -> new AssertionError(begin))
            .split(" *\\| *");
    return new Row(cells[2], cells[3].split(",")[0], cells[4].split(",")[0], cells[5]);
  }

  private static Row told(String begin, AnnotatedElement call) {
    assertNotNull(call.getAnnotation(Timeout.class), begin);
    var retries =
        Optional.ofNullable(call.getAnnotation(Retry.class))
            .map(retry -> Integer.toString(retry.maxRetries()))
            .orElse(call instanceof Class ? "the saga's" : "none");
    return new Row(
        seconds(call.getAnnotation(Timeout.class).value()),
        retries,
        seconds(call.getAnnotation(CircuitBreaker.class).delay()),
        Integer.toString(call.getAnnotation(Bulkhead.class).value()));
  }

  private static String seconds(long millis) {
    return millis / 1_000 + " s";
  }
}
