package emporion.user.accounts.boundary.v2;

import emporion.user.accounts.boundary.EmailAddress;
import emporion.user.accounts.boundary.NewUser;
import emporion.user.accounts.boundary.Password;
import emporion.user.accounts.boundary.Username;
import jakarta.validation.constraints.NotNull;

/**
 * Asks for an account.
 *
 * @param password absent for an account that nobody signs in to
 */
public record NewUserV2(
    @NotNull @Username String username,
    @NotNull @EmailAddress String emailAddress,
    @Password String password)
    implements NewUser {}
