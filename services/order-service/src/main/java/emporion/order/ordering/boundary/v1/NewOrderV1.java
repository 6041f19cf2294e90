package emporion.order.ordering.boundary.v1;

import emporion.order.ordering.boundary.ExpectedMoney;
import emporion.order.ordering.boundary.NewOrder;
import emporion.order.ordering.boundary.PaymentToken;
import emporion.order.ordering.control.OrderService.Wanted;
import emporion.order.ordering.control.OrderService.WantedLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Asks for an order. Prices, names and the customer are not the client's to say.
 *
 * @param expectedTotal what the customer saw; null where that does not matter
 */
public record NewOrderV1(
    @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Item> items,
    @NotNull @Valid Payment payment,
    @Valid ExpectedMoney expectedTotal)
    implements NewOrder {
  @Override
  public String pointer() {
    return "/items";
  }

  @Override
  public Wanted toWanted() {
    var lines = items.stream().map(Item::toWanted).toList();
    return new Wanted(lines, payment.token(), ExpectedMoney.orNull(expectedTotal));
  }

  /**
   * One product; each product stands in one item only.
   *
   * @param expectedPrice of one, as the customer saw it; null where that does not matter
   */
  public record Item(
      @NotNull UUID productId,
      @NotNull @Min(1) @Max(10_000) Integer quantity,
      @Valid ExpectedMoney expectedPrice) {
    WantedLine toWanted() {
      return new WantedLine(productId, quantity, ExpectedMoney.orNull(expectedPrice));
    }
  }

  /** A token of the payment provider, in place of a card. */
  public record Payment(@NotNull @PaymentToken String token) {
    @Override
    public String toString() {
      return "payment";
    }
  }
}
