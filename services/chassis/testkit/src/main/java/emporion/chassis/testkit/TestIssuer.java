package emporion.chassis.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An issuer of tokens with a key of its own; publishes the key and answers {@code /token}. */
public final class TestIssuer {
  public static final String ISSUER = "http://issuer.test";
  public static final String AUDIENCE = "emporion";

  private final HttpServer server;
  private volatile RSAKey key;

  /** Answers nothing but 503 while it is true. */
  private volatile boolean away;

  private TestIssuer(RSAKey key, HttpServer server) {
    this.key = key;
    this.server = server;
  }

  /** An issuer on a free port of the loopback interface; ends with the process. */
  public static TestIssuer start() {
    try {
      return start(HttpServer.create());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same at {@code https://localhost}. */
  public static TestIssuer startEncrypted(TestAuthority.Issued certificate) {
    try {
      var server = HttpsServer.create();
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
      return start(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestIssuer start(HttpServer server) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var issuer = new TestIssuer(newKey(), server);
    server.createContext("/jwks.json", issuer::keys);
    server.createContext("/token", issuer::serviceToken);
    server.start();
    return issuer;
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2_048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Revokes the key and signs with another one from now on. */
  public void renewKey() {
    key = newKey();
  }

  /** Whether the keys can't be had. */
  public void away(boolean isAway) {
    away = isAway;
  }

  private void keys(HttpExchange exchange) throws IOException {
    if (away) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    } else {
      answer(exchange, new JWKSet(key).toString(true));
    }
  }

  private void serviceToken(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var token = token("test-service", "test-service", "service");
    answer(
        exchange,
        "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":900}");
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Where the issuer listens, without a path. */
  public URI uri() {
    var origin = server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:";
    return URI.create(origin + server.getAddress().getPort());
  }

  /** A token for a user with these roles. */
  public String token(UUID user, String... roles) {
    return token(user.toString(), "user-" + user, roles);
  }

  /** A token as a service gets it. */
  public String service() {
    return token("test-service", "test-service", "service");
  }

  /** A valid token for any subject. */
  public String token(String subject, String name, String... roles) {
    return token(
        claims -> claims.subject(subject).claim("upn", name).claim("groups", List.of(roles)));
  }

  /** A signed token whose claims the test bends; they are valid to begin with. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> claims) {
    var now = Instant.now();
    var valid =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject("somebody")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(900)));
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims.apply(valid).build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
