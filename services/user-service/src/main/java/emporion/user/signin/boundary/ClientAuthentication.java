package emporion.user.signin.boundary;

import emporion.user.signin.control.Clients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Which client asks (RFC 6749, section 2.3). Whoever names a client that has a secret shows it, by
 * HTTP Basic or in the body, whatever the grant; a name that no such client has, without a secret,
 * is a public client's and counts for nothing.
 */
@ApplicationScoped
class ClientAuthentication {
  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer";

  private Clients clients;

  ClientAuthentication() {}

  @Inject
  ClientAuthentication(Clients clients) {
    this.clients = clients;
  }

  /**
   * The client that has shown its secret; empty for none and for a public one.
   *
   * @param authorization the header, or null. A bearer token is no client: it may be a stale one,
   *     which is what the request is about
   * @throws OAuthError invalid_client for a client that has not shown its secret, invalid_request
   *     for one that is named in two ways
   */
  Optional<String> client(String authorization, Parameters form) {
    var header = header(authorization);
    var id = form.get("client_id");
    var secret = form.get("client_secret");
    if (header.isPresent()) {
      var named = decoded(header.get().id);
      if (secret.isPresent() || id.isPresent() && !id.get().equals(named)) {
        throw OAuthError.invalidRequest("The client is named in two ways.");
      }
      return header.get().secret.isEmpty()
          ? unproven(named)
          : Optional.of(authenticated(header.get()));
    }
    return secret.isPresent()
        ? Optional.of(authenticated(new Shown(id.orElse(""), secret.get())))
        : unproven(id.orElse(""));
  }

  /** An empty secret is none (RFC 6749, section 2.3.1): some send a public client's name so. */
  private Optional<String> unproven(String id) {
    if (clients.known(id)) {
      throw OAuthError.invalidClient();
    }
    return Optional.empty();
  }

  private String authenticated(Shown shown) {
    var id = decoded(shown.id);
    if (clients.authenticate(shown.id, shown.secret)
        || clients.authenticate(id, decoded(shown.secret))) {
      return id;
    }
    throw OAuthError.invalidClient();
  }

  /** RFC 6749 has both encoded before they go into the header; many clients don't. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** Swagger UI sends a header with neither name nor secret where its form was left empty. */
  private static Optional<Shown> header(String authorization) {
    if (authorization == null || isBearer(authorization)) {
      return Optional.empty();
    }
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw OAuthError.invalidClient();
    }
    var shown = basic(authorization.substring(BASIC.length()).strip());
    return shown.id.isEmpty() && shown.secret.isEmpty() ? Optional.empty() : Optional.of(shown);
  }

  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private static Shown basic(String credentials) {
    try {
      var decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      if (colon >= 0) {
        return new Shown(decoded.substring(0, colon), decoded.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // no Base64: the same answer
    }
    throw OAuthError.invalidClient();
  }

  /** What a client says of itself. */
  private record Shown(String id, String secret) {
    @Override
    public String toString() {
      return id;
    }
  }
}
