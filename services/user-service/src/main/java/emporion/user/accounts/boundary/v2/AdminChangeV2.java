package emporion.user.accounts.boundary.v2;

import emporion.user.accounts.boundary.AdminChange;
import emporion.user.accounts.boundary.EmailAddress;

/** What administrators change of somebody; what is absent stays as it is. */
public record AdminChangeV2(@EmailAddress String emailAddress, String role, Boolean active)
    implements AdminChange {}
