package emporion.order.ordering.boundary.v2;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * How an operator wants a saga to be resolved.
 *
 * @param note the operator's words, for whoever asks later; required where the operator vouches for
 *     something
 */
public record ResolutionV2(
    @NotNull
        @Pattern(
            regexp = "cancel|acknowledge|compensated_by_hand",
            message = "must be cancel, acknowledge or compensated_by_hand")
        String action,
    @Size(max = 500) String note) {}
