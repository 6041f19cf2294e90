package emporion.order.ordering.boundary;

import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.order.ordering.control.OrderRefused.CustomerMayNot;
import emporion.order.ordering.control.OrderRefused.NotOnSale;
import emporion.order.ordering.control.OrderRefused.PriceChanged;
import emporion.order.ordering.control.OrderRefused.SeveralCurrencies;
import emporion.order.ordering.control.OrderRefused.TooManyUnpaid;
import emporion.order.ordering.control.OrderRefused.TooMuch;
import emporion.order.ordering.control.OrderRefused.UnknownToken;
import emporion.order.ordering.control.OrderRefused.Why;
import jakarta.ws.rs.core.Response;

/** Says over HTTP why an order was refused. */
final class RefusedOrder {
  private RefusedOrder() {}

  /**
   * The answer to a refused order.
   *
   * @param pointer where the request has its lines
   * @throws Problem for each reason that needs no document of its own
   */
  static Response answer(Why why, String pointer) {
    return switch (why) {
      case PriceChanged change ->
          Response.status(PriceChangedProblem.STATUS)
              .type(ProblemDocument.MEDIA_TYPE)
              .entity(PriceChangedProblem.of(change))
              .build();
      case CustomerMayNot() -> throw Problem.forbidden();
      case UnknownToken() ->
          throw Problem.invalid("/payment/token", "is no token of the payment provider");
      case NotOnSale(var lines) ->
          throw Problem.invalid(lines.stream().map(line -> notOnSale(pointer, line)).toList());
      case SeveralCurrencies() ->
          throw Problem.invalid(pointer, "have prices in several currencies; order them apart");
      case TooMuch() -> throw Problem.invalid(pointer, "cost more than can be charged");
      case TooManyUnpaid(var pause) ->
          throw Problem.rateLimited(
              "Too many of your orders were not paid. Wait for a while.", pause);
    };
  }

  private static FieldError notOnSale(String pointer, int line) {
    return new FieldError(pointer + "/" + line + "/product_id", "is not a product on sale");
  }
}
