package emporion.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.contracts.Contract;
import emporion.contracts.Contract.Operation;
import emporion.contracts.Documents;
import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every operation of every document, with each role and with none, through the gateway and straight
 * at its service: whoever {@code api-specs/ROLES.md} lets in is let in, and nobody else.
 */
@Order(40)
@ExtendWith(RunningShop.class)
class RolesIT {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
  private static final Set<String> REFUSALS = Set.of("unauthenticated", "forbidden");

  private final Shop shop;
  private final Map<String, Http> callers = new LinkedHashMap<>();

  RolesIT(Shop shop) {
    this.shop = shop;
    callers.put("nobody", Http.to(shop.gateway()));
    for (var role : List.of("shopper", "support", "catalogue_manager", "admin")) {
      var http = shop.appoint(shop.newShopper(), role);
      callers.put(role, Http.to(shop.gateway()).as(http.token()));
    }
    callers.put("service", Http.to(shop.gateway()).as(shop.clientToken("order-service")));
  }

  @TestFactory
  Stream<DynamicTest> throughTheGateway() {
    return Contract.merged().operations().stream()
        .flatMap(operation -> cases(operation, shop.gateway().getPort()));
  }

  @TestFactory
  Stream<DynamicTest> straightAtTheService() {
    return shop.services()
        .flatMap(
            service ->
                Contract.of(service).stream()
                    .flatMap(contract -> contract.operations().stream())
                    .flatMap(operation -> cases(operation, shop.port(service))));
  }

  private Stream<DynamicTest> cases(Operation operation, int port) {
    return callers.entrySet().stream()
        .filter(caller -> !spendsItself(operation, caller.getKey()))
        .map(
            caller ->
                DynamicTest.dynamicTest(
                    operation + " as " + caller.getKey(),
                    () -> enters(operation, caller.getKey(), at(port, caller.getValue()))));
  }

  /** A key that is gone, or a user, would be missed by what follows. */
  private static boolean spendsItself(Operation operation, String caller) {
    return operation.method().equals("DELETE")
        && operation.path().endsWith("/users/me")
        && !caller.equals("nobody");
  }

  private static Http at(int port, Http caller) {
    return new Http(URI.create("http://127.0.0.1:" + port), caller.token(), List.of());
  }

  private static void enters(Operation operation, String caller, Http http) {
    var path = PARAMETER.matcher(operation.path()).replaceAll(UUID.randomUUID().toString());
    var content = operation.resolve(operation.node().path("requestBody")).path("content");
    var request = content.isEmpty() ? http : http.with("Content-Type", first(content));
    var answer = request.send(operation.method(), path, content.isEmpty() ? null : "");
    var allowed = Documents.allowed(operation.node());
    var said = operation + " as " + caller + ": " + answer;
    if (allowed.contains("everybody")) {
      assertFalse(REFUSALS.contains(answer.problem()), said);
    } else if (caller.equals("nobody")) {
      assertEquals(401, answer.status(), said);
      assertFalse(answer.header("WWW-Authenticate").isEmpty(), said);
    } else if (allowed.contains(caller)
        || allowed.contains("shopper") && !caller.equals("service")) {
      assertFalse(REFUSALS.contains(answer.problem()), said);
    } else if (!allowed.contains("signed in")) {
      assertEquals(403, answer.status(), said);
    } else if (!caller.equals("service")) {
      // What is one's own: a service has nothing of its own, and may be told so.
      assertFalse(REFUSALS.contains(answer.problem()), said);
    }
  }

  private static String first(JsonNode content) {
    var types = new ArrayList<String>();
    content.fieldNames().forEachRemaining(types::add);
    return types.getFirst();
  }
}
