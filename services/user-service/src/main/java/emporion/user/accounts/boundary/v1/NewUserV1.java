package emporion.user.accounts.boundary.v1;

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
public record NewUserV1(
    @NotNull @Username String username,
    @NotNull @EmailAddress String email,
    @Password String password)
    implements NewUser {
  @Override
  public String emailAddress() {
    return email;
  }
}
