package emporion.chassis.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jwt.JWTClaimsSet;
import emporion.chassis.problem.Problem;
import emporion.chassis.testkit.TestIssuer;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whose tokens count, and what they say. */
class TokenVerifierTest {
  private static final TestIssuer ISSUER = TestIssuer.start();
  private static final URI KEYS = URI.create(ISSUER.uri() + "/jwks.json");

  private final TokenVerifier verifier =
      new TokenVerifier(KEYS, TestIssuer.ISSUER, TestIssuer.AUDIENCE);

  @Test
  void aTokenOfTheIssuerSaysWhoItIs() {
    var id = UUID.randomUUID();
    var token = verifier.verify(ISSUER.token(id, "shopper", "admin"));
    assertEquals(id.toString(), token.getSubject());
    assertEquals("user-" + id, token.getName());
    assertEquals(Set.of("shopper", "admin"), token.getGroups());
  }

  @TestFactory
  Stream<DynamicTest> whatDoesNotHoldIsNobodys() {
    return Stream.of(
        refused("expired", c -> c.expirationTime(in(-60))),
        refused("without an end", c -> c.expirationTime(null)),
        refused("before its time", c -> c.notBeforeTime(in(60))),
        refused("of another issuer", c -> c.issuer("http://issuer.tes")),
        refused("of no issuer", c -> c.issuer(null)),
        refused("for somebody else", c -> c.audience("bank")),
        refused("for nobody", c -> c.audience((String) null)),
        refused("about nobody", c -> c.subject(null)));
  }

  private DynamicTest refused(String name, UnaryOperator<JWTClaimsSet.Builder> claims) {
    var token = ISSUER.token(claims);
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertEquals(401, assertThrows(Problem.class, () -> verifier.verify(token)).status()));
  }

  @Test
  void aTokenIsNotRememberedBeyondItsEnd() {
    var end = in(2);
    var token = ISSUER.token(claims -> claims.expirationTime(end));
    verifier.verify(token);
    await("its end").until(() -> Instant.now().isAfter(end.toInstant()));
    assertEquals(401, assertThrows(Problem.class, () -> verifier.verify(token)).status());
  }

  /** In the shape of Keycloak 26, whose realm roles count and whose people are all shoppers. */
  @Test
  void anotherKindOfIssuerIsAMatterOfSettings() {
    var names = new ClaimNames("preferred_username", "realm_access/roles", Optional.of("shopper"));
    var keycloak = new TokenVerifier(KEYS, "https://id.example/realms/shop", "account", names);
    var id = UUID.randomUUID().toString();
    var person =
        keycloak.verify(
            ISSUER.token(
                claims ->
                    claims
                        .issuer("https://id.example/realms/shop")
                        .audience("account")
                        .subject(id)
                        .claim("typ", "Bearer")
                        .claim("azp", "shop-page")
                        .claim("preferred_username", "ariadne")
                        .claim(
                            "realm_access",
                            Map.of("roles", List.of("support", "offline_access")))));
    assertEquals(id, person.getSubject());
    assertEquals("ariadne", person.getName());
    assertEquals(Set.of("shopper", "support", "offline_access"), person.getGroups());

    var service =
        keycloak.verify(
            ISSUER.token(
                claims ->
                    claims
                        .issuer("https://id.example/realms/shop")
                        .audience("account")
                        .claim("realm_access", Map.of("roles", List.of("service")))));
    assertEquals(Set.of("service"), service.getGroups());
    assertThrows(Problem.class, () -> keycloak.verify(ISSUER.token(UUID.randomUUID(), "admin")));
  }

  @Test
  void aClaimOfAnotherShapeGivesNoRole() {
    var names = new ClaimNames("upn", "realm_access/roles", Optional.empty());
    var odd = new TokenVerifier(KEYS, TestIssuer.ISSUER, TestIssuer.AUDIENCE, names);
    for (Object roles : List.of("admin", 7, List.of("admin"), Map.of("roles", "admin"))) {
      var token = ISSUER.token(claims -> claims.claim("realm_access", roles));
      assertEquals(Set.of(), odd.verify(token).getGroups());
    }
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }
}
