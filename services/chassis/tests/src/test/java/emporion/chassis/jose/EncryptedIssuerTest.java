package emporion.chassis.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.problem.Problem;
import emporion.chassis.testkit.TestAuthority;
import emporion.chassis.testkit.TestIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose keys a service believes. */
class EncryptedIssuerTest {
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("emporion.tls.ca");
  }

  @Test
  void anIssuerIsBelievedByAuthorityAndName() {
    var ours = TestAuthority.in(folder.resolve("ours"));
    var theirs = TestAuthority.in(folder.resolve("theirs"));
    var right = TestIssuer.startEncrypted(ours.issue("dns:localhost"));
    System.setProperty("emporion.tls.ca", ours.certificate().toString());
    var token = verifier(right).verify(right.token(UUID.randomUUID(), "shopper"));
    assertEquals(Set.of("shopper"), token.getGroups());
    refused(TestIssuer.startEncrypted(ours.issue("dns:elsewhere.example")));
    System.setProperty("emporion.tls.ca", theirs.certificate().toString());
    refused(right);
    System.clearProperty("emporion.tls.ca");
    refused(right);
  }

  private static void refused(TestIssuer issuer) {
    var token = issuer.token(UUID.randomUUID(), "shopper");
    var failure = assertThrows(Problem.class, () -> verifier(issuer).verify(token));
    assertEquals(503, failure.status());
  }

  private static TokenVerifier verifier(TestIssuer issuer) {
    var filter =
        new AuthenticationFilter(
            issuer.uri().resolve("/jwks.json"),
            TestIssuer.ISSUER,
            TestIssuer.AUDIENCE,
            Duration.ofMinutes(15),
            "upn",
            "groups",
            Optional.empty(),
            new RequestToken());
    return filter.verifier();
  }
}
