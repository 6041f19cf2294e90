package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the one entry lets in, and what it keeps out. */
@Order(5)
@ExtendWith(RunningShop.class)
class GatewayIT {
  private final Shop shop;

  GatewayIT(Shop shop) {
    this.shop = shop;
  }

  @TestFactory
  Stream<DynamicTest> whatNoServiceServesIsNotFound() {
    return paths(
        "/v1/parcels", "/v1/parcels/1", "/v9/users", "/v1", "/v1/usersandmore", "/v3/orders");
  }

  @TestFactory
  Stream<DynamicTest> whatServicesSayAmongThemselvesIsNotForTheWorld() {
    return paths(
        "/v1/reservations/order:reserve",
        "/v1/charges/order:charge",
        "/v1/users/../reservations/x",
        "/v1/products/%2e%2e/reservations/x",
        "/health/ready",
        "/metrics",
        "/observe/health");
  }

  private Stream<DynamicTest> paths(String... paths) {
    var admin = shop.admin();
    return Stream.of(paths)
        .map(path -> DynamicTest.dynamicTest(path, () -> refused(admin.get(path))));
  }

  /** A path that could be read in two ways is refused as 400 before it is looked up. */
  private static void refused(Answer answer) {
    assertTrue(answer.status() == 404 || answer.status() == 400, answer::toString);
    assertFalse(answer.problem().isEmpty(), answer::toString);
    assertFalse(answer.text("/trace_id").isEmpty(), answer::toString);
  }

  @TestFactory
  Stream<DynamicTest> operatorsHaveAPortOfTheirOwn() {
    return shop.services()
        .filter(service -> !service.equals("broker"))
        .map(service -> DynamicTest.dynamicTest(service, () -> answersOperatorsOnly(service)));
  }

  private void answersOperatorsOnly(String service) {
    var world = at(shop.port(service));
    var operators = at(shop.managementPort(service));
    assertEquals(200, operators.get("/health/ready").status());
    assertEquals(200, operators.get("/metrics").status());
    for (var path : List.of("/health", "/health/ready", "/metrics", "/loggers", "/observe")) {
      assertEquals(404, world.get(path).status(), path);
    }
  }

  private static Http at(int port) {
    return Http.to(URI.create("http://127.0.0.1:" + port));
  }

  @Test
  void eachAnswerTellsHowMuchMayBeAskedFor() {
    var answer = shop.admin().get("/v1/users/me");
    assertTrue(answer.header("RateLimit").contains("\"account\";r="), answer::toString);
    assertTrue(answer.header("RateLimit-Policy").contains(";w=60"), answer::toString);
  }

  @Test
  void theShopPageIsBehindTheSameEntry() {
    var page = shop.anybody().get("/");
    assertEquals(200, page.status());
    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
  }

  @Test
  void theIssuerIsBehindTheSameEntry() {
    var discovery = shop.anybody().get("/.well-known/openid-configuration");
    assertEquals(shop.gateway() + "/token", discovery.text("/token_endpoint"));
    var keys = shop.anybody().get("/.well-known/jwks.json");
    assertEquals("RSA", keys.text("/keys/0/kty"), keys::toString);
  }
}
