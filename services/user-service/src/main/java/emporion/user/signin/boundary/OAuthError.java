package emporion.user.signin.boundary;

/**
 * What OAuth 2.0 has a code for (RFC 6749, section 5.2; RFC 7009, section 2.2.1): it is answered in
 * its JSON and not as a problem document, because OAuth 2.0 clients know no others.
 */
final class OAuthError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  private OAuthError(int status, String code, String description) {
    super(description, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** 400 with a code of the RFCs and words for whoever writes the client. */
  static OAuthError of(String code, String description) {
    return new OAuthError(400, code, description);
  }

  static OAuthError invalidRequest(String description) {
    return of("invalid_request", description);
  }

  /** 401: who the client says it is could not be shown. */
  static OAuthError invalidClient() {
    return new OAuthError(401, "invalid_client", "The client or its secret is not right.");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
