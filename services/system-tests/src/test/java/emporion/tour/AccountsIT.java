package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who one is, and who one is not. */
@Order(2)
@ExtendWith(RunningShop.class)
class AccountsIT {
  private final Shop shop;

  AccountsIT(Shop shop) {
    this.shop = shop;
  }

  @TestFactory
  Stream<DynamicTest> theSeededAccountsSignIn() {
    return Stream.of("ADMIN", "SHOPPER")
        .map(who -> DynamicTest.dynamicTest(who, () -> signsIn(who)));
  }

  private void signsIn(String who) {
    var known = shop.credentials();
    var name = known.get(who + "_USERNAME");
    var grant = shop.signIn(name, known.get(who + "_PASSWORD"));
    assertEquals(200, grant.status(), grant::toString);
    assertEquals("bearer", grant.text("/token_type"));
    assertTrue(grant.at("/expires_in").asInt() > 0, grant::toString);
    assertFalse(grant.text("/refresh_token").isEmpty(), grant::toString);
    var me = shop.anybody().as(grant.text("/access_token")).get("/v1/users/me");
    assertEquals(name, me.text("/username"), me::toString);
  }

  @Test
  void aWrongPasswordOpensNothing() {
    var answer = shop.signIn(shop.credentials().get("ADMIN_USERNAME"), "guessed");
    assertEquals(400, answer.status(), answer::toString);
    assertEquals("invalid_grant", answer.text("/error"));
  }

  @Test
  void aRegisteredUserIsTheSameInBothVersions() {
    var shopper = shop.newShopper();
    var first = shopper.http().get("/v1/users/" + shopper.id());
    var second = shopper.http().get("/v2/users/" + shopper.id());
    assertEquals(shopper.id().toString(), first.text("/id"), first::toString);
    assertEquals(shopper.id().toString(), second.text("/user_id"), second::toString);
    assertTrue(second.at("/id").isMissingNode(), second::toString);
    assertEquals(shopper.name(), first.text("/username"));
    assertEquals(shopper.name(), second.text("/username"));
    assertEquals(shopper.email(), first.text("/email"));
  }

  @Test
  void aNameIsGivenOnce() {
    var shopper = shop.newShopper();
    var body =
        "{\"username\":\"" + shopper.name() + "\",\"email\":\"" + UUID.randomUUID() + "@e.org\"}";
    var answer = shop.anybody().post("/v1/users", body);
    assertEquals(409, answer.status(), answer::toString);
  }

  @TestFactory
  Stream<DynamicTest> whatIsPrivateAsksForAToken() {
    var forged = shop.anybody().as(forged());
    return Stream.of(
            "/v1/users/me", "/v2/users/me", "/v1/orders", "/v1/payments", "/v1/notifications")
        .flatMap(
            path ->
                Stream.of(
                    DynamicTest.dynamicTest(path, () -> refused(shop.anybody().get(path))),
                    DynamicTest.dynamicTest(
                        path + " with a forged token", () -> refused(forged.get(path)))));
  }

  private static void refused(Http.Answer answer) {
    assertEquals(401, answer.status(), answer::toString);
    assertEquals("unauthenticated", answer.problem(), answer::toString);
    assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"), answer::toString);
  }

  /** A shopper's signature under an administrator's claims. */
  private String forged() {
    var parts = shop.newShopper().http().token().split("\\.");
    var other = shop.admin().token().split("\\.");
    assertNotEquals(parts[1], other[1]);
    return parts[0] + "." + other[1] + "." + parts[2];
  }

  @Test
  void aShopperIsNoAdmin() {
    var shopper = shop.newShopper();
    var answer = shopper.http().get("/v1/users");
    assertEquals(403, answer.status(), answer::toString);
    var other = shopper.http().get("/v1/users/" + shop.newShopper().id());
    assertEquals(404, other.status(), other::toString);
  }
}
