package emporion.user.accounts.boundary;

/** How one version of the API asks for an account. */
public interface NewUser {
  String username();

  String emailAddress();

  /** Null for an account that nobody signs in to. */
  String password();
}
