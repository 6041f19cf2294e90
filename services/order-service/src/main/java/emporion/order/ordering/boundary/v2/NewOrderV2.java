package emporion.order.ordering.boundary.v2;

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
public record NewOrderV2(
    @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Line> lines,
    @NotNull @Valid Payment payment,
    @Valid ExpectedMoney expectedTotal)
    implements NewOrder {
  @Override
  public String pointer() {
    return "/lines";
  }

  @Override
  public Wanted toWanted() {
    var wanted = lines.stream().map(Line::toWanted).toList();
    return new Wanted(wanted, payment.token(), ExpectedMoney.orNull(expectedTotal));
  }

  /**
   * One product; each product stands in one line only.
   *
   * @param expectedPrice of one, as the customer saw it; null where that does not matter
   */
  public record Line(
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
