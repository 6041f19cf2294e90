package emporion.order.ordering.boundary;

import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.chassis.telemetry.Trace;
import emporion.order.ordering.control.OrderRefused.PriceChanged;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.OrderLine;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The problem (RFC 9457) of an order whose customer saw other prices.
 *
 * @param expectedTotal null where none was expected
 * @param total what it comes to now
 */
record PriceChangedProblem(
    String type,
    String title,
    int status,
    String detail,
    String traceId,
    Money expectedTotal,
    Money total,
    List<Line> lines) {
  static final int STATUS = 409;

  static PriceChangedProblem of(PriceChanged change) {
    var wanted = change.wanted();
    var order = change.order();
    var detail =
        "The total is %s now. Nothing was ordered; show it, and ask again with the new prices."
            .formatted(order.total().words());
    var problem =
        ProblemDocument.of(
            Problem.of(STATUS, "price-changed", "A price has changed", detail), Trace.currentId());
    return new PriceChangedProblem(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail(),
        problem.traceId(),
        wanted.expectedTotal(),
        order.total(),
        IntStream.range(0, order.lines().size())
            .mapToObj(i -> Line.of(order.lines().get(i), wanted.lines().get(i).expectedPrice()))
            .toList());
  }

  /**
   * One line of the order.
   *
   * @param price of one, now
   * @param expectedPrice null where none was expected
   */
  record Line(UUID productId, String name, int quantity, Money price, Money expectedPrice) {
    private static Line of(OrderLine line, Money expected) {
      return new Line(line.productId(), line.name(), line.quantity(), line.unitPrice(), expected);
    }
  }
}
