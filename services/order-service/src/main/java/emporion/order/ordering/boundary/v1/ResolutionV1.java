package emporion.order.ordering.boundary.v1;

import emporion.chassis.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * How an operator wants a saga to be resolved.
 *
 * @param note the operator's words, for whoever asks later; required where the operator vouches for
 *     something
 */
public record ResolutionV1(
    @NotNull
        @Pattern(
            regexp = "cancel|acknowledge|compensated_by_hand",
            message = "must be cancel, acknowledge or compensated_by_hand")
        String action,
    @FreeText(max = 500, lines = true) String note) {}
