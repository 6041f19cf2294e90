package emporion.user.signin.boundary;

import emporion.user.signin.control.SignIn;
import emporion.user.signin.control.SignIn.Tokens;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The token endpoint. Answers and errors are those of RFC 6749, sections 5.1 and 5.2, not problem
 * documents: OAuth2 clients know no others. A request without {@code grant_type} that has a
 * username counts as the password grant.
 */
@Path("/token")
@PermitAll
@ApplicationScoped
public class TokenResource {
  private static final int MAX_LENGTH = 2_048;

  private SignIn signIn;

  TokenResource() {}

  @Inject
  TokenResource(SignIn signIn) {
    this.signIn = signIn;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response token(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @Context HttpHeaders headers,
      MultivaluedMap<String, String> form) {
    if (malformed(form)) {
      return refuse(400, "invalid_request", "A parameter is repeated or too long.");
    }
    return switch (grantType(form)) {
      case "password" -> password(form, Origin.of(headers));
      case "refresh_token" -> refresh(form);
      case "client_credentials" -> client(authorization, form);
      case "" -> refuse(400, "invalid_request", "Send username and password, or a grant_type.");
      default ->
          refuse(
              400,
              "unsupported_grant_type",
              "Supported are password, refresh_token and client_credentials.");
    };
  }

  /**
   * Ends a session (RFC 7009): its refresh token and all that descend from the same sign-in. An
   * access token is never looked up, so it can't be ended; it expires within minutes.
   */
  @POST
  @Path("/revoke")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response revoke(MultivaluedMap<String, String> form) {
    var token = form.getFirst("token");
    if (malformed(form) || token == null) {
      return refuse(400, "invalid_request", "Send the refresh token as token.");
    }
    if ("access_token".equals(form.getFirst("token_type_hint")) && token.contains(".")) {
      return refuse(400, "unsupported_token_type", "Access tokens can't be revoked.");
    }
    signIn.end(token);
    return uncached(200).build();
  }

  private static boolean malformed(MultivaluedMap<String, String> form) {
    return form.values().stream().anyMatch(v -> v.size() > 1 || v.getFirst().length() > MAX_LENGTH);
  }

  private static String grantType(MultivaluedMap<String, String> form) {
    var type = form.getFirst("grant_type");
    if (type == null || type.isEmpty()) {
      return form.containsKey("username") ? "password" : "";
    }
    return type;
  }

  private Response password(MultivaluedMap<String, String> form, String origin) {
    var username = form.getFirst("username");
    var password = form.getFirst("password");
    if (username == null || password == null) {
      return refuse(400, "invalid_request", "Send username and password.");
    }
    return signIn
        .byPassword(username, password, origin)
        .map(TokenResource::grant)
        .orElseGet(
            () -> refuse(400, "invalid_grant", "The username or the password is not right."));
  }

  private Response refresh(MultivaluedMap<String, String> form) {
    var token = form.getFirst("refresh_token");
    if (token == null) {
      return refuse(400, "invalid_request", "Send refresh_token.");
    }
    return signIn
        .byRefreshToken(token)
        .map(TokenResource::grant)
        .orElseGet(
            () -> refuse(400, "invalid_grant", "The refresh token is not valid; sign in again."));
  }

  private Response client(String authorization, MultivaluedMap<String, String> form) {
    return credentials(authorization, form)
        .flatMap(client -> signIn.byClient(client.id, client.secret))
        .map(TokenResource::grant)
        .orElseGet(() -> refuse(401, "invalid_client", "The client or its secret is not right."));
  }

  private static Optional<Client> credentials(
      String authorization, MultivaluedMap<String, String> form) {
    if (authorization != null) {
      return basic(authorization);
    }
    var id = form.getFirst("client_id");
    var secret = form.getFirst("client_secret");
    return id == null || secret == null ? Optional.empty() : Optional.of(new Client(id, secret));
  }

  private static Optional<Client> basic(String header) {
    try {
      var decoded = Base64.getDecoder().decode(header.substring(header.indexOf(' ') + 1));
      var parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2 ? Optional.of(new Client(parts[0], parts[1])) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Response grant(Tokens tokens) {
    return uncached(200)
        .entity(new Granted(tokens.access(), "bearer", tokens.expiresIn(), tokens.refresh()))
        .build();
  }

  private static Response refuse(int status, String error, String description) {
    var answer = uncached(status).entity(new Refused(error, description));
    if (status == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"emporion\"");
    }
    return answer.build();
  }

  private static Response.ResponseBuilder uncached(int status) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Pragma", "no-cache");
  }

  /** RFC 6749, section 5.1. */
  record Granted(String accessToken, String tokenType, long expiresIn, String refreshToken) {}

  /** RFC 6749, section 5.2. */
  record Refused(String error, String errorDescription) {}

  private record Client(String id, String secret) {}
}
