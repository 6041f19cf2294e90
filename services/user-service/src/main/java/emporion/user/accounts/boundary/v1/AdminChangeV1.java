package emporion.user.accounts.boundary.v1;

import emporion.user.accounts.boundary.AdminChange;
import emporion.user.accounts.boundary.EmailAddress;

/** What administrators change of somebody; what is absent stays as it is. */
public record AdminChangeV1(@EmailAddress String email, String role, Boolean active)
    implements AdminChange {
  @Override
  public String emailAddress() {
    return email;
  }
}
