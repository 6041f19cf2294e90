package emporion.order.ordering.boundary;

import emporion.chassis.problem.Problem;
import emporion.chassis.text.FreeText;
import emporion.order.ordering.entity.OperatorAction;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;

/**
 * How an operator wants a saga to be resolved.
 *
 * @param note the operator's words, for whoever asks later; required where the operator vouches for
 *     something
 */
public record Resolution(
    @NotNull
        @Pattern(
            regexp = "cancel|acknowledge|compensated_by_hand",
            message = "must be cancel, acknowledge or compensated_by_hand")
        String action,
    @FreeText(max = 500, lines = true) String note) {
  OperatorAction toAction() {
    return OperatorAction.valueOf(action.toUpperCase(Locale.ROOT));
  }

  /** Null where there is none, and where none is needed. */
  String demandedNote() {
    var words = note == null || note.isEmpty() ? null : note;
    if (toAction() == OperatorAction.COMPENSATED_BY_HAND && words == null) {
      throw Problem.invalid("/note", "must say what was done, and how it can be checked");
    }
    return words;
  }
}
