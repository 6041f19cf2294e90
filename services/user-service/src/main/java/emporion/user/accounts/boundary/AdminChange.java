package emporion.user.accounts.boundary;

/** How one version of the API says what administrators change; null leaves it as it is. */
public interface AdminChange {
  String emailAddress();

  String role();

  Boolean active();
}
