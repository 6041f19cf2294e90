package emporion.notification.contacts.boundary.v2;

import jakarta.validation.constraints.NotNull;

/** How a user wants to be written to from now on. */
public record NewPreferencesV2(@NotNull String language) {}
