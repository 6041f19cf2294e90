package emporion.order.ordering.control;

import emporion.chassis.data.Ids;
import emporion.order.clients.Catalogue;
import emporion.order.clients.Catalogue.Product;
import emporion.order.ordering.control.OrderRefused.NotOnSale;
import emporion.order.ordering.control.OrderRefused.SeveralCurrencies;
import emporion.order.ordering.control.OrderRefused.TooMuch;
import emporion.order.ordering.control.OrderService.WantedLine;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Names and prices are the catalogue's, never the client's. */
@ApplicationScoped
public class OrderPricing {
  private Catalogue catalogue;

  OrderPricing() {}

  @Inject
  OrderPricing(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The order as it comes to now; it is not stored.
   *
   * @throws OrderRefused for what can't be ordered
   * @throws emporion.chassis.problem.Problem 503 while the catalogue is away
   */
  Order price(UUID userId, List<WantedLine> wanted) {
    var products = catalogue.find(wanted.stream().map(WantedLine::productId).toList());
    var lines = new ArrayList<OrderLine>();
    var notOnSale = new ArrayList<Integer>();
    for (int i = 0; i < wanted.size(); i++) {
      var line = wanted.get(i);
      var product = products.get(line.productId());
      if (product == null) {
        notOnSale.add(i);
      } else {
        lines.add(line(line, product));
      }
    }
    if (!notOnSale.isEmpty()) {
      throw new OrderRefused(new NotOnSale(notOnSale));
    }
    return total(userId, lines);
  }

  private static OrderLine line(WantedLine wanted, Product product) {
    return new OrderLine(product.id(), product.name(), wanted.quantity(), product.price());
  }

  private static Order total(UUID userId, List<OrderLine> lines) {
    try {
      var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      var order = Order.place(Ids.next(), userId, lines, now);
      if (order.total().amount() > Money.MOST) {
        throw new OrderRefused(new TooMuch());
      }
      return order;
    } catch (ArithmeticException e) {
      throw new OrderRefused(new TooMuch());
    } catch (IllegalArgumentException e) {
      throw new OrderRefused(new SeveralCurrencies());
    }
  }
}
