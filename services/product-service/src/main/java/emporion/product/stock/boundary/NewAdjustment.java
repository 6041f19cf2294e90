package emporion.product.stock.boundary;

import emporion.chassis.http.Query;
import emporion.chassis.problem.Problem;
import emporion.chassis.text.FreeText;
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
    @NotNull @Min(-Stock.MAX) @Max(Stock.MAX) Long delta,
    @NotNull String reason,
    @FreeText(max = 500) String note) {
  public NewAdjustment {
    note = note == null || note.isEmpty() ? null : note;
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
