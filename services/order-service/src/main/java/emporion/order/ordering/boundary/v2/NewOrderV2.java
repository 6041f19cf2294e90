package emporion.order.ordering.boundary.v2;

import emporion.order.ordering.boundary.PaymentToken;
import emporion.order.ordering.control.Ordering.Wanted;
import emporion.order.ordering.control.Ordering.WantedLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Asks for an order. Prices, names and the customer are not the client's to say. */
public record NewOrderV2(
    @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Line> lines,
    @NotNull @Valid Payment payment) {
  Wanted toWanted() {
    var wanted = lines.stream().map(l -> new WantedLine(l.productId(), l.quantity())).toList();
    return new Wanted(wanted, payment.token());
  }

  /** One product; each product stands in one line only. */
  public record Line(@NotNull UUID productId, @NotNull @Min(1) @Max(10_000) Integer quantity) {}

  /** A token of the payment provider, in place of a card. */
  public record Payment(@NotNull @PaymentToken String token) {
    @Override
    public String toString() {
      return "payment";
    }
  }
}
