package emporion.user.signin.boundary;

import emporion.chassis.security.OpenToStaleTokens;
import emporion.user.adapter.TokenSigner;
import emporion.user.keys.control.KeyRing;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the issuer publishes of itself (RFC 8414, which OpenID Connect Discovery 1.0 became; RFC
 * 7517).
 */
@Path("/.well-known")
@PermitAll
@OpenToStaleTokens
@ApplicationScoped
public class IssuerResource {
  private KeyRing keys;
  private TokenSigner signer;
  private String issuer;

  IssuerResource() {}

  @Inject
  IssuerResource(
      KeyRing keys,
      TokenSigner signer,
      @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer) {
    this.keys = keys;
    this.signer = signer;
    this.issuer = issuer;
  }

  @GET
  @Path("/jwks.json")
  @Produces(MediaType.APPLICATION_JSON)
  public Response keys() {
    return Response.ok(signer.publicKeys(keys.pairs()))
        .header("Cache-Control", "public, max-age=60")
        .build();
  }

  @GET
  @Path("/openid-configuration")
  @Produces(MediaType.APPLICATION_JSON)
  public Metadata openid() {
    return metadata();
  }

  @GET
  @Path("/oauth-authorization-server")
  @Produces(MediaType.APPLICATION_JSON)
  public Metadata metadata() {
    var authentication = List.of("client_secret_basic", "client_secret_post", "none");
    return new Metadata(
        issuer,
        issuer + "/token",
        issuer + "/token/revoke",
        issuer + "/.well-known/jwks.json",
        List.of("password", "refresh_token", "client_credentials"),
        authentication,
        authentication,
        List.of("public"),
        List.of("RS256"));
  }

  /**
   * What the issuer can do. There is no authorization endpoint, so there are no response types. RFC
   * 8414 requires their list (section 2) and forbids it without entries (3.2): it is left out,
   * which clients of the wild take better than an empty one.
   */
  public record Metadata(
      String issuer,
      String tokenEndpoint,
      String revocationEndpoint,
      String jwksUri,
      List<String> grantTypesSupported,
      List<String> tokenEndpointAuthMethodsSupported,
      List<String> revocationEndpointAuthMethodsSupported,
      List<String> subjectTypesSupported,
      List<String> idTokenSigningAlgValuesSupported) {}
}
