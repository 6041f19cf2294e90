package emporion.product.stock.control;

import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.logging.LogContext;
import emporion.chassis.telemetry.Span;
import emporion.product.stock.control.Reservations.Outcome;
import emporion.product.stock.control.StockRepository.Held;
import emporion.product.stock.entity.Reservation;
import emporion.product.stock.entity.ReservationLine;
import emporion.product.stock.entity.ReservationStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Where a saga brings its steps, each as often as it likes. It counts what came out. A step that
 * the database could not finish changed nothing and is to be repeated.
 */
@ApplicationScoped
public class ReservationService {
  private static final Metadata STOCK_OUTS =
      Metadata.builder()
          .withName("stock_outs_total")
          .withDescription("Reservations that were refused for want of stock")
          .build();
  private static final Metadata RESERVATIONS =
      Metadata.builder()
          .withName("reservations_total")
          .withDescription("Reservations that came to a status")
          .build();

  private final Map<ReservationStatus, Counter> outcomes = new EnumMap<>(ReservationStatus.class);
  private Reservations reservations;
  private Counter stockOuts;

  ReservationService() {}

  @Inject
  ReservationService(Reservations reservations, MetricRegistry metrics) {
    this.reservations = reservations;
    stockOuts = metrics.counter(STOCK_OUTS);
    for (var status : ReservationStatus.values()) {
      outcomes.put(status, metrics.counter(RESERVATIONS, new Tag("outcome", status.wire())));
    }
  }

  /**
   * Holds all lines or none; the outcome is stored and stays the same for this key, a refusal too.
   *
   * @throws emporion.chassis.problem.Problem 422 where the key came with another request, 409 where
   *     it was released before
   */
  public Outcome reserve(String key, UUID orderId, List<ReservationLine> lines, Object request) {
    Span.current().with("order.id", orderId);
    LogContext.put("order_id", orderId.toString());
    var outcome = reservations.reserve(key, orderId, Idempotency.hash(request), lines);
    if (outcome.first() && outcome.status() == ReservationStatus.REFUSED) {
      stockOuts.inc();
    }
    return counted(outcome);
  }

  /**
   * Gives back what the key holds; a later attempt to reserve by it is refused, also where it was
   * never used.
   *
   * @throws emporion.chassis.refusal.Refusal where it has been sold
   */
  public Outcome release(String key) {
    return counted(reservations.release(key));
  }

  /** Sells what is held for orders that are confirmed; what is sold already stays so. */
  public void sell(Collection<UUID> orderIds) {
    outcomes.get(ReservationStatus.COMMITTED).inc(reservations.sell(orderIds));
  }

  /**
   * Sells what the key holds.
   *
   * @throws emporion.chassis.refusal.Refusal where it holds nothing
   */
  public Outcome commit(String key) {
    return counted(reservations.commit(key));
  }

  /**
   * Takes back what was sold under the key.
   *
   * @throws emporion.chassis.refusal.Refusal where nothing was
   */
  public Outcome takeBack(String key, String by) {
    return counted(reservations.takeBack(key, by));
  }

  /** How a key stands. */
  public Optional<Outcome> find(String key) {
    return reservations.find(key);
  }

  /** What has become of a key, step by step. */
  public Optional<Reservation> history(String key) {
    return reservations.history(key);
  }

  /** What has been held and not sold since before a time, the oldest first. */
  public List<Held> held(Instant before, int limit) {
    return reservations.held(before, limit);
  }

  private Outcome counted(Outcome outcome) {
    if (outcome.first()) {
      outcomes.get(outcome.status()).inc();
    }
    return outcome;
  }
}
