package emporion.product.stock.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import java.util.UUID;

/** So many pieces of one product. */
@Embeddable
public class ReservationLine {
  @Column(name = "product_id")
  private UUID productId;

  private int quantity;

  @Column(name = "short_of")
  private Long available;

  protected ReservationLine() {}

  /** A line that asks for pieces. */
  public static ReservationLine of(UUID productId, int quantity) {
    var line = new ReservationLine();
    line.productId = productId;
    line.quantity = quantity;
    return line;
  }

  /** The same line, refused because only so many were available. */
  ReservationLine shortOf(long availableThen) {
    var line = of(productId, quantity);
    line.available = availableThen;
    return line;
  }

  public UUID productId() {
    return productId;
  }

  public int quantity() {
    return quantity;
  }

  /** How many were available where that was too little; empty for a line that was not refused. */
  public Optional<Long> shortage() {
    return Optional.ofNullable(available);
  }
}
