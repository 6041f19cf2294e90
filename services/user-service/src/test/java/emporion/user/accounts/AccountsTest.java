package emporion.user.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import emporion.user.Issuer;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Accounts over HTTP, in both versions. */
class AccountsTest {
  private final Issuer issuer = new Issuer();
  private final TestService service = issuer.service();
  private final Http admin = service.user("admin");

  private final String name = "user" + UUID.randomUUID().toString().replace("-", "");

  private String newUser() {
    return "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.org\"}";
  }

  private UUID registered() {
    return UUID.fromString(service.anonymous().post("/v1/users", newUser()).text("/id"));
  }

  @Test
  void aNewAccountIsShownInBothVersionsUnderTheirOwnNames() {
    var created = service.anonymous().post("/v1/users", newUser());
    assertEquals(201, created.status(), created::toString);
    var id = created.text("/id");
    assertEquals("/v1/users/" + id, created.header("Location"));
    assertEquals("shopper", created.text("/role"));
    assertEquals("v1", created.text("/version"));

    var self = service.user(UUID.fromString(id), "shopper");
    assertEquals(name, self.get("/v1/users/" + id).text("/username"));
    assertEquals(id, self.get("/v2/users/me").text("/user_id"));
    assertEquals(name + "@example.org", self.get("/v2/users/me").text("/email_address"));
    assertTrue(self.get("/v2/users/me").at("/id").isMissingNode());
    assertEquals("v2", self.get("/v2/users/me").text("/version"));
    assertEquals("v2", admin.get("/v2/users?q=" + name).text("/items/0/version"));
  }

  @Test
  void namesAndAddressesAreUniqueInAnyCase() {
    registered();
    var upper = newUser().replace(name + "\"", name.toUpperCase(java.util.Locale.ROOT) + "\"");
    assertEquals("username-taken", service.anonymous().post("/v1/users", upper).problem());
  }

  @Test
  void whetherAnAddressIsKnownIsToldToNobody() throws Exception {
    var owner = registered();
    var other =
        newUser()
            .replaceFirst(name, "x" + name)
            .replace("}", ",\"password\":\"" + Issuer.PASSWORD + "\"}");
    var created = service.anonymous().post("/v1/users", other);
    assertEquals(201, created.status(), created::toString);
    assertEquals(name + "@example.org", created.text("/email"));
    assertEquals(200, issuer.signIn("x" + name, Issuer.PASSWORD).status());

    var self = service.user(UUID.fromString(created.text("/id")), "shopper");
    var elsewhere = move(self, "x" + name);
    assertEquals(200, elsewhere.status(), elsewhere::toString);
    var back = move(self, name);
    assertEquals(200, back.status(), back::toString);
    assertEquals(back.header("ETag"), move(self, name).header("ETag"), "nothing changes");
    assertTrue(admin.get("/v1/users?q=" + name).body().contains(created.text("/id")));
    var reset = "{\"email_address\":\"" + name + "@example.org\"}";
    assertEquals(202, service.anonymous().post("/v2/password-resets", reset).status());
    var asked = "select count(*) from password_reset where user_id = '";
    assertEquals("1", issuer.column(asked + owner + "'"));
    assertEquals("0", issuer.column(asked + created.text("/id") + "'"));
  }

  private static Http.Answer move(Http self, String local) {
    return self.with("If-Match", self.get("/v1/users/me").header("ETag"))
        .patch("/v1/users/me", "{\"email\":\"" + local + "@example.org\"}");
  }

  @Test
  void anAddressIsOneHoweverItsDomainIsWritten() throws Exception {
    var address = name + "@bücher.example";
    var created =
        service.anonymous().post("/v1/users", newUser().replace(name + "@example.org", address));
    assertEquals(201, created.status(), created::toString);
    assertEquals(address, created.text("/email"));
    for (var same : List.of("BÜCHER.example", "bu\u0308cher.example", "xn--bcher-kva.EXAMPLE")) {
      var other = "{\"username\":\"x%s\",\"email\":\"%s@%s\"}".formatted(name, name, same);
      var id = service.anonymous().post("/v1/users", other).text("/id");
      assertEquals(
          null, issuer.column("select email_key from users where id = '" + id + "'"), same);
      service.user(UUID.fromString(id)).delete("/v1/users/me");
    }
  }

  @Test
  void theSameKeyRegistersOnce() {
    var keyed = service.anonymous().withKey(name);
    var first = keyed.post("/v1/users", newUser());
    var second = keyed.post("/v1/users", newUser());
    assertEquals(first.body(), second.body());
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(422, keyed.post("/v1/users", newUser().replace(name, "y" + name)).status());
  }

  @Test
  void othersFindNobodyAndStaffFindsEverybody() {
    var id = registered();
    assertEquals(401, service.anonymous().get("/v1/users/" + id).status());
    assertEquals(404, service.user("shopper").get("/v1/users/" + id).status());
    assertEquals(200, service.user("support").get("/v1/users/" + id).status());
    assertEquals(403, service.user("shopper").get("/v1/users").status());
    assertEquals(403, service.user("support").delete("/v1/users/" + id).status());
  }

  @Test
  void whoChangesNamesTheVersionThatTheyHaveSeen() {
    var id = registered();
    var self = service.user(id, "shopper");
    var change = "{\"email\":\"new-" + name + "@example.org\"}";
    assertEquals(428, self.patch("/v1/users/me", change).status());
    assertEquals(400, self.with("If-Match", "v1-0").patch("/v1/users/me", change).status());
    assertEquals(200, self.with("If-None-Match", "").get("/v1/users/me").status());
    assertEquals(400, self.with("If-Match", "").patch("/v1/users/me", change).status());
    for (var none : List.of("v1-0", "\"v1-0", "*, \"v1-0\"", ",")) {
      assertEquals(400, self.with("If-None-Match", none).get("/v1/users/me").status(), none);
      assertEquals(400, self.with("If-Match", none).patch("/v1/users/me", change).status(), none);
    }
    assertEquals(412, self.with("If-Match", "\"v1-7\"").patch("/v1/users/me", change).status());

    var tag = self.get("/v1/users/me").header("ETag");
    var changed = self.with("If-Match", tag).patch("/v1/users/me", change);
    assertEquals(200, changed.status(), changed::toString);
    assertEquals("new-" + name + "@example.org", changed.text("/email"));
    assertEquals(412, self.with("If-Match", tag).patch("/v1/users/me", change).status());
    assertEquals(
        304, self.with("If-None-Match", changed.header("ETag")).get("/v1/users/me").status());
  }

  @Test
  void administratorsChangeRolesAndActivity() {
    var id = registered();
    var tag = admin.get("/v1/users/" + id).header("ETag");
    var changed =
        admin
            .with("If-Match", tag)
            .patch("/v1/users/" + id, "{\"role\":\"support\",\"active\":false}");
    assertEquals("support", changed.text("/role"), changed::toString);
    assertFalse(changed.at("/active").asBoolean());
    assertTrue(admin.get("/v1/users?role=support&q=" + name).body().contains(id.toString()));
  }

  @Test
  void anErasedPersonIsGoneAndTheNameIsFree() {
    var id = registered();
    var self = service.user(id, "shopper");
    assertEquals(204, self.delete("/v1/users/me").status());
    assertEquals(404, self.get("/v1/users/me").status());
    assertEquals(204, admin.delete("/v1/users/" + id).status());
    assertEquals(201, service.anonymous().post("/v1/users", newUser()).status());
  }

  @Test
  void pagesShowEverybodyOnce() {
    for (int i = 0; i < 5; i++) {
      service.anonymous().post("/v1/users", newUser().replace(name, "p" + i + name));
    }
    var seen = new HashSet<String>();
    var cursor = "";
    do {
      var page = admin.get("/v1/users?limit=2&q=" + name + "&cursor=" + cursor);
      page.at("/items").forEach(user -> assertTrue(seen.add(user.at("/id").asText())));
      cursor = page.text("/next");
    } while (!cursor.isEmpty());
    assertEquals(5, seen.size());
  }

  @Test
  void aChangeThatChangesNothingIsNone() {
    var admin = service.user("admin");
    var name = "same-" + UUID.randomUUID().toString().substring(0, 8);
    var created =
        service
            .anonymous()
            .post(
                "/v1/users",
                "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.org\"}");
    var path = "/v1/users/" + created.text("/id");
    var tag = created.header("ETag");
    for (var role : List.of("support", "support", "support")) {
      var changed = admin.with("If-Match", tag).patch(path, "{\"role\":\"" + role + "\"}");
      assertEquals(200, changed.status(), changed::toString);
      tag = changed.header("ETag");
    }
    assertEquals("\"v1-1\"", tag);
  }
}
