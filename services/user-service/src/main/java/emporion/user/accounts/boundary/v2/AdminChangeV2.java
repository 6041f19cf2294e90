package emporion.user.accounts.boundary.v2;

import emporion.chassis.http.Query;
import emporion.user.accounts.boundary.EmailAddress;
import emporion.user.accounts.boundary.UserAnswers.AdminChange;
import emporion.user.accounts.entity.Role;

/** What administrators change of somebody; what is absent stays as it is. */
public record AdminChangeV2(@EmailAddress String emailAddress, String role, Boolean active) {
  AdminChange toChange() {
    return new AdminChange(emailAddress, Query.oneOf("/role", role, Role.class), active);
  }
}
