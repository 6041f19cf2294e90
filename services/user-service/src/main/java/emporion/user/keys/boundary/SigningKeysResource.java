package emporion.user.keys.boundary;

import emporion.user.keys.control.SigningKeys;
import emporion.user.keys.entity.StoredKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The issuer's keys, for administrators; they came after version 1. */
@Path("/v2/signing-keys")
@RolesAllowed("admin")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SigningKeysResource {
  private SigningKeys keys;
  private JsonWebToken token;

  SigningKeysResource() {}

  @Inject
  SigningKeysResource(SigningKeys keys, JsonWebToken token) {
    this.keys = keys;
    this.token = token;
  }

  @GET
  public KeysV2 list() {
    var now = Instant.now();
    var all = keys.all();
    return new KeysV2(all.stream().map(key -> KeyV2.of(key, all, now)).toList());
  }

  @POST
  public KeyV2 rotate() {
    var next = keys.rotate(token.getSubject());
    return KeyV2.of(next, keys.all(), Instant.now());
  }

  @DELETE
  @Path("/{kid: [A-Za-z0-9_-]{1,64}}")
  public Response revoke(@PathParam("kid") String kid) {
    keys.revoke(kid, token.getSubject());
    return Response.noContent().build();
  }

  /** All that are published, the oldest first. */
  public record KeysV2(List<KeyV2> items) {}

  /**
   * A key without its secret.
   *
   * @param status {@code retired}, {@code signing}, or {@code next} while it does not sign yet
   */
  public record KeyV2(String keyId, Instant createdAt, Instant signsFrom, String status) {
    static KeyV2 of(StoredKey key, List<StoredKey> all, Instant now) {
      return new KeyV2(key.kid(), key.createdAt(), key.signsFrom(), status(key, all, now));
    }

    private static String status(StoredKey key, List<StoredKey> all, Instant now) {
      var signing = SigningKeys.signing(all, now);
      if (key.kid().equals(signing.kid())) {
        return "signing";
      }
      return key.signsFrom().isAfter(signing.signsFrom()) ? "next" : "retired";
    }
  }
}
