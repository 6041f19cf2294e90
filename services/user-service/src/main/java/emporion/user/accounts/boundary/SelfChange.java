package emporion.user.accounts.boundary;

/** How one version of the API says what users change of themselves; null leaves it as it is. */
public interface SelfChange {
  String emailAddress();

  String password();

  String currentPassword();
}
