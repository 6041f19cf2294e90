package emporion.user.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.jose.AuthenticationFilter;
import emporion.chassis.jose.VerifiedToken;
import emporion.user.Issuer;
import emporion.user.accounts.control.AccountProvisioning;
import emporion.user.accounts.control.Accounts;
import emporion.user.accounts.entity.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Somebody whom another issuer knows. */
class AccountProvisioningTest {
  private final Issuer issuer = new Issuer();
  private final Accounts accounts = issuer.service().bean(Accounts.class);
  private final AccountProvisioning welcoming = new AccountProvisioning(accounts, true);
  private final UUID id = UUID.randomUUID();

  private VerifiedToken token(String name, String email) {
    var verifier = issuer.service().bean(AuthenticationFilter.class).verifier();
    return verifier.verify(
        issuer
            .service()
            .issuer()
            .token(
                claims -> claims.subject(id.toString()).claim("upn", name).claim("email", email)));
  }

  @Test
  void theFirstVisitMakesTheAccountAndTellsOfIt() throws Exception {
    var name = "visitor-" + id.toString().substring(0, 8);
    var user = welcoming.find(id, token(name, name + "@example.org")).orElseThrow();
    assertEquals(name, user.username());
    assertEquals(name + "@example.org", user.email());
    assertEquals(id, welcoming.find(id, token("other", null)).orElseThrow().id());
    assertEquals(
        "1", issuer.column("select count(*) from outbox where aggregate_id = '" + id + "'"));
  }

  @Test
  void aNameThatIsOddBecomesTheId() {
    var odd = welcoming.find(id, token("a name with blanks", id + "@example.org")).orElseThrow();
    assertEquals(id.toString(), odd.username());
  }

  @Test
  void aNameOrAnAddressThatIsSomebodyElsesKeepsNobodyOut() {
    var name = "visitor-" + id.toString().substring(0, 8);
    var other = accounts.register(name, name + "@example.org", null, Role.SHOPPER);
    var user = welcoming.find(id, token(name, name + "@example.org")).orElseThrow();
    assertEquals(id.toString(), user.username());
    assertEquals(name + "@example.org", user.email());
    assertEquals(other.id(), accounts.addressed(name + "@example.org").orElseThrow().id());
  }

  @Test
  void whoWasErasedStaysSo() {
    welcoming.find(id, token("erased-" + id.toString().substring(0, 8), id + "@example.org"));
    accounts.erase(id);
    assertTrue(welcoming.find(id, token("erased", id + "@example.org")).isEmpty());
  }

  @Test
  void nobodyMakesAnAccountForSomebodyElse() {
    assertTrue(welcoming.find(UUID.randomUUID(), token("somebody", null)).isEmpty());
    assertTrue(welcoming.find(id, token("somebody", "nowhere")).isEmpty(), "without an address");
    var closed = new AccountProvisioning(accounts, false);
    assertTrue(closed.find(id, token("somebody", id + "@example.org")).isEmpty());
  }
}
