package emporion.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A gateway in this process, before services of which each byte is the test's own. */
final class Stage implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  static final RSAKey KEY = key("known");

  /** What the issuer answers. */
  static final String JWKS = jwks();

  static {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // other modules are tested beside this one
  }

  private final RawUpstream issuer = RawUpstream.saying(JWKS);
  private final Gateway gateway;

  /** With every route to one service, and settings as in the environment. */
  Stage(RawUpstream upstream, Map<String, String> environment) {
    var settings = new HashMap<String, String>();
    for (var route :
        List.of("USER", "PRODUCT", "ORDER", "PAYMENT", "NOTIFICATION", "STOREFRONT", "IMPORTS")) {
      settings.put("EMPORION_ROUTES_" + route + "_URI", upstream.uri());
    }
    settings.put("SERVER_PORT", "0");
    settings.put("MANAGEMENT_PORT", "0");
    settings.put("EMPORION_GATEWAY_THREADS", "1"); // so that all clients share a pool
    settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", issuer.uri() + "/.well-known/jwks.json");
    settings.putAll(environment);
    gateway = Gateway.start(Settings.load(settings));
  }

  Stage(RawUpstream upstream) {
    this(upstream, Map.of());
  }

  private static String jwks() {
    var jwks = new JWKSet(KEY.toPublicJWK()).toString();
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + jwks.length()
        + "\r\n\r\n"
        + jwks;
  }

  static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2_048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a token that holds for an hour. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("http://127.0.0.1:8080")
        .audience("emporion")
        .subject("0198c7f0-0000-7000-8000-000000000001")
        .claim("upn", "alice")
        .claim("groups", List.of("shopper"))
        .issueTime(new Date())
        .expirationTime(Date.from(Instant.now().plusSeconds(900)));
  }

  static String token(RSAKey key, JWTClaimsSet claims) {
    try {
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return gateway.port();
  }

  int managementPort() {
    return gateway.managementPort();
  }

  Gateway gateway() {
    return gateway;
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    issuer.close();
  }
}
