package emporion.user.accounts.boundary.v1;

import emporion.chassis.http.Query;
import emporion.user.accounts.boundary.EmailAddress;
import emporion.user.accounts.boundary.UserAnswers.AdminChange;
import emporion.user.accounts.entity.Role;

/** What administrators change of somebody; what is absent stays as it is. */
public record AdminChangeV1(@EmailAddress String email, String role, Boolean active) {
  AdminChange toChange() {
    return new AdminChange(email, Query.oneOf("/role", role, Role.class), active);
  }
}
