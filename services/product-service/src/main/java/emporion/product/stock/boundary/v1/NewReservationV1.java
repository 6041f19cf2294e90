package emporion.product.stock.boundary.v1;

import emporion.product.stock.entity.ReservationLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Asks for pieces: 1 to 100 lines; lines of the same product add up. */
public record NewReservationV1(
    @NotNull UUID orderId, @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid LineV1> lines) {

  List<ReservationLine> wanted() {
    return lines.stream()
        .map(line -> ReservationLine.of(line.productId(), line.quantity()))
        .toList();
  }

  /** 1 to a million pieces of one product. */
  public record LineV1(@NotNull UUID productId, @NotNull @Min(1) @Max(1_000_000) Integer quantity) {
    static LineV1 from(ReservationLine line) {
      return new LineV1(line.productId(), line.quantity());
    }
  }
}
