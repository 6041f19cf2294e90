package emporion.user.signin.boundary;

import emporion.chassis.security.OpenToStaleTokens;
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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The token endpoint (RFC 6749, section 3.2). A request without {@code grant_type} that has a
 * username counts as the password grant.
 */
@Path("/token")
@PermitAll
@OpenToStaleTokens
@ApplicationScoped
public class TokenResource {
  /** RFC 6749, appendix A.4. */
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+(?: [!#-\\[\\]-~]+)*");

  private SignIn signIn;
  private ClientAuthentication clients;

  TokenResource() {}

  @Inject
  TokenResource(SignIn signIn, ClientAuthentication clients) {
    this.signIn = signIn;
    this.clients = clients;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response token(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @Context HttpHeaders headers,
      MultivaluedMap<String, String> body) {
    var form = new Parameters(body);
    var client = clients.client(authorization, form);
    demandScope(form);
    var tokens =
        switch (grantType(form)) {
          case "password" -> password(form, client, Origin.of(headers));
          case "refresh_token" -> refresh(form, client);
          case "client_credentials" ->
              signIn.asClient(client.orElseThrow(OAuthError::invalidClient));
          case "" ->
              throw OAuthError.invalidRequest("Send username and password, or a grant_type.");
          default ->
              throw OAuthError.of(
                  "unsupported_grant_type",
                  "Supported are password, refresh_token and client_credentials.");
        };
    return uncached(200).entity(Granted.of(tokens, form.get("scope").isPresent())).build();
  }

  /**
   * Ends a session (RFC 7009): its refresh token and all that descend from the same sign-in. An
   * access token is never looked up, so it can't be ended; it expires within minutes.
   */
  @POST
  @Path("/revoke")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response revoke(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      MultivaluedMap<String, String> body) {
    var form = new Parameters(body);
    var client = clients.client(authorization, form);
    var token = form.demand("token", "Send the refresh token as token.");
    if (form.get("token_type_hint").filter("access_token"::equals).isPresent()
        && token.contains(".")) {
      throw OAuthError.of("unsupported_token_type", "Access tokens can't be revoked.");
    }
    signIn.end(token, client);
    return uncached(200).build();
  }

  private static void demandScope(Parameters form) {
    if (form.get("scope").filter(scope -> !SCOPE.matcher(scope).matches()).isPresent()) {
      throw OAuthError.of("invalid_scope", "A scope is words of ASCII with one blank between two.");
    }
  }

  private static String grantType(Parameters form) {
    return form.get("grant_type")
        .orElseGet(() -> form.get("username").isPresent() ? "password" : "");
  }

  private Tokens password(Parameters form, Optional<String> client, String origin) {
    var missing = "Send username and password.";
    return signIn
        .byPassword(
            form.demand("username", missing), form.demand("password", missing), client, origin)
        .orElseThrow(
            () -> OAuthError.of("invalid_grant", "The username or the password is not right."));
  }

  private Tokens refresh(Parameters form, Optional<String> client) {
    return signIn
        .byRefreshToken(form.demand("refresh_token", "Send refresh_token."), client)
        .orElseThrow(
            () -> OAuthError.of("invalid_grant", "The refresh token is not valid; sign in again."));
  }

  static Response.ResponseBuilder uncached(int status) {
    return Response.status(status)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Pragma", "no-cache");
  }

  /**
   * RFC 6749, section 5.1.
   *
   * @param scope what the roles of the account let the token do; null, and absent on the wire, for
   *     whoever did not ask for any
   */
  record Granted(
      String accessToken, String tokenType, long expiresIn, String refreshToken, String scope) {
    static Granted of(Tokens tokens, boolean scoped) {
      return new Granted(
          tokens.access(),
          "bearer",
          tokens.expiresIn(),
          tokens.refresh(),
          scoped ? String.join(" ", tokens.roles()) : null);
    }
  }
}
