package emporion.user.accounts.boundary.v1;

import emporion.user.accounts.boundary.EmailAddress;
import emporion.user.accounts.boundary.Password;
import emporion.user.accounts.boundary.SelfChange;
import jakarta.validation.constraints.Size;

/** What users change of themselves; what is absent stays as it is. */
public record SelfChangeV1(
    @EmailAddress String email, @Password String password, @Size(max = 128) String currentPassword)
    implements SelfChange {
  @Override
  public String emailAddress() {
    return email;
  }
}
