package emporion.user.signin.boundary;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers an {@link OAuthError} as RFC 6749, section 5.2, says. */
@Provider
public class OAuthErrors implements ExceptionMapper<OAuthError> {
  private static final String CHALLENGE = "Basic realm=\"emporion\", charset=\"UTF-8\"";

  @Override
  public Response toResponse(OAuthError error) {
    var answer =
        TokenResource.uncached(error.status())
            .type(MediaType.APPLICATION_JSON)
            .entity(new Refused(error.code(), error.getMessage()));
    return error.status() == 401
        ? answer.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE).build()
        : answer.build();
  }

  /** RFC 6749, section 5.2. */
  record Refused(String error, String errorDescription) {}
}
