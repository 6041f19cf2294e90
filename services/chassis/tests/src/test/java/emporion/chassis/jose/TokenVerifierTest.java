package emporion.chassis.jose;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import emporion.chassis.problem.Problem;
import emporion.chassis.testkit.TestIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
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

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final TokenVerifier verifier =
      new TokenVerifier(KEYS, TestIssuer.ISSUER, TestIssuer.AUDIENCE, LONGEST);

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
        refused("without a beginning", c -> c.issueTime(null)),
        refused("issued in an hour", c -> c.issueTime(in(3_600)).expirationTime(in(4_000))),
        refused("for a minute too long", c -> c.expirationTime(in(960))),
        refused("for the rest of the century", c -> c.expirationTime(in(2_000_000_000))),
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

  /** Half a minute of remembering and twenty seconds of keys. */
  @Test
  void aRevokedKeyIsRefusedWithinAMinute() {
    var issuer = TestIssuer.start();
    var its = verifierOf(issuer);
    var token = issuer.token(UUID.randomUUID(), "admin");
    its.verify(token);
    issuer.renewKey();
    await("the old key is refused")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> !holds(its, token));
  }

  /** Whoever brings a token of the new key makes the old one known as revoked. */
  @Test
  void aTokenIsForgottenWithItsKey() {
    var issuer = TestIssuer.start();
    var its = verifierOf(issuer);
    var token = issuer.token(UUID.randomUUID(), "admin");
    its.verify(token);
    issuer.renewKey();
    its.verify(issuer.token(UUID.randomUUID(), "shopper"));
    assertFalse(holds(its, token));
  }

  @Test
  void anIssuerThatIsAwayStopsNobody() {
    var issuer = TestIssuer.start();
    var its = verifierOf(issuer);
    its.verify(issuer.token(UUID.randomUUID(), "shopper"));
    issuer.away(true);
    var start = Instant.now();
    await("longer than keys are kept")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              its.verify(issuer.token(UUID.randomUUID(), "shopper"));
              return Duration.between(start, Instant.now()).toSeconds() > 22;
            });
  }

  /** Their rubbish neither costs a customer's token its place nor keeps the keys from being had. */
  @Test
  void strangersChangeNothingForTheOthers() {
    var issuer = TestIssuer.start();
    var its = verifierOf(issuer);
    var foreign = TestIssuer.start();
    var token = issuer.token(UUID.randomUUID(), "shopper");
    its.verify(token);
    for (int i = 0; i < 200; i++) {
      assertFalse(holds(its, foreign.token(UUID.randomUUID(), "admin")));
    }
    assertTrue(holds(its, token));
    assertTrue(holds(its, issuer.token(UUID.randomUUID(), "shopper")));
  }

  @Test
  void noTextIsTakenForATokenOrForADefect() {
    var nested =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("[".repeat(5_000).getBytes(StandardCharsets.US_ASCII));
    for (var text :
        List.of(
            "",
            ".",
            "..",
            "a.b.c",
            "null",
            nested + ".e30.c2ln",
            "eyJhbGciOiJub25lIn0.e30.",
            "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsieCJdfQ.e30.c2ln",
            "a".repeat(100_000))) {
      assertEquals(401, assertThrows(Problem.class, () -> verifier.verify(text)).status());
    }
  }

  private static TokenVerifier verifierOf(TestIssuer issuer) {
    return new TokenVerifier(
        URI.create(issuer.uri() + "/jwks.json"), TestIssuer.ISSUER, TestIssuer.AUDIENCE, LONGEST);
  }

  private static boolean holds(TokenVerifier verifier, String token) {
    try {
      verifier.verify(token);
      return true;
    } catch (Problem refusal) {
      assertEquals(401, refusal.status());
      return false;
    }
  }

  /** In the shape of Keycloak 26, whose realm roles count and whose people are all shoppers. */
  @Test
  void anotherKindOfIssuerIsAMatterOfSettings() {
    var names = new ClaimNames("preferred_username", "realm_access/roles", Optional.of("shopper"));
    var keycloak =
        new TokenVerifier(
            KEYS, "https://id.example/realms/shop", "account", LONGEST, names, Optional.empty());
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
    var odd =
        new TokenVerifier(
            KEYS, TestIssuer.ISSUER, TestIssuer.AUDIENCE, LONGEST, names, Optional.empty());
    for (Object roles : List.of("admin", 7, List.of("admin"), Map.of("roles", "admin"))) {
      var token = ISSUER.token(claims -> claims.claim("realm_access", roles));
      assertEquals(Set.of(), odd.verify(token).getGroups());
    }
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }
}
