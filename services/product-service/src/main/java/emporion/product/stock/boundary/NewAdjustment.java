package emporion.product.stock.boundary;

import emporion.chassis.http.Query;
import emporion.chassis.problem.Problem;
import emporion.chassis.text.Text;
import emporion.product.stock.entity.AdjustmentReason;
import emporion.product.stock.entity.Stock;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Corrects the pieces on hand.
 *
 * @param delta pieces more or, negative, fewer; not 0
 * @param reason received, damaged, lost, counted, returned or other
 */
public record NewAdjustment(
    @NotNull @Min(-Stock.MAX) @Max(Stock.MAX) Long delta, @NotNull String reason, String note) {
  private static final int MAX_NOTE = 500;

  public NewAdjustment {
    note = note == null || Text.line(note).isEmpty() ? null : Text.line(note);
  }

  /** The note; null where there is nothing to say. */
  String line() {
    if (note != null) {
      Text.lineProblem(note, MAX_NOTE)
          .ifPresent(
              detail -> {
                throw Problem.invalid("/note", detail);
              });
    }
    return note;
  }

  AdjustmentReason why() {
    return Query.oneOf("/reason", reason, AdjustmentReason.class)
        .filter(AdjustmentReason::byHand)
        .orElseThrow(
            () ->
                Problem.invalid(
                    "/reason", "must be one of received, damaged, lost, counted, returned, other"));
  }

  long nonZero() {
    if (delta == 0) {
      throw Problem.invalid("/delta", "must not be 0");
    }
    return delta;
  }
}
