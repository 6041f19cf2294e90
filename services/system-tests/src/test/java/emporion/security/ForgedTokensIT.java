package emporion.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that the issuer has not signed, in all the ways that verifiers have fallen for. */
@Order(43)
@ExtendWith(RunningShop.class)
class ForgedTokensIT {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final List<String> MINE =
      List.of("/v1/users/me", "/v2/users/me", "/v1/orders", "/v1/payments", "/v1/notifications");

  private final Shop shop;
  private final Places places;

  /** Where forged tokens say that their key is, and who came to fetch it. */
  private final HttpServer bait =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

  private final List<String> bitten = new CopyOnWriteArrayList<>();

  ForgedTokensIT(Shop shop) throws IOException {
    this.shop = shop;
    places = new Places(shop);
    bait.createContext("/", this::bite);
    bait.start();
  }

  @AfterEach
  void takeTheBaitAway() {
    bait.stop(0);
  }

  private void bite(HttpExchange visit) throws IOException {
    try (visit) {
      bitten.add(visit.getRequestURI().getPath());
      visit.sendResponseHeaders(404, -1);
    }
  }

  @TestFactory
  Stream<DynamicTest> aForgedTokenOpensNothingAndMakesNobodyCallAnybody() throws Exception {
    int port = bait.getAddress().getPort();
    var tries =
        forgeries("http://127.0.0.1:" + port + "/jwks.json").entrySet().stream()
            .map(
                forgery ->
                    DynamicTest.dynamicTest(
                        forgery.getKey(), () -> opensNothing(forgery.getValue())));
    return Stream.concat(
        tries, Stream.of(DynamicTest.dynamicTest("whoever came was seen", () -> isSeen(port))));
  }

  private void opensNothing(String token) {
    for (var path : MINE) {
      places
          .of(path)
          .forEach(
              place -> {
                var answer = place.as(token).get(path);
                assertEquals(401, answer.status(), () -> path + ": " + answer);
                assertEquals("unauthenticated", answer.problem());
              });
    }
    assertEquals(List.of(), bitten, "a token's own hint at a key was followed");
  }

  private void isSeen(int port) {
    assertEquals(404, Places.at(port).get("/jwks.json").status());
    assertEquals(List.of("/jwks.json"), bitten);
  }

  private Map<String, String> forgeries(String foreign) throws GeneralSecurityException {
    var keys = Places.at(shop.port("user-service")).get("/.well-known/jwks.json");
    var kid = keys.text("/keys/0/kid");
    var published =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(
                    new RSAPublicKeySpec(
                        number(keys.text("/keys/0/n")), number(keys.text("/keys/0/e"))));
    var own = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    var ownKey = (RSAPublicKey) own.getPublic();
    var jwk =
        "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"AQAB\"}"
            .formatted(BASE64.encodeToString(ownKey.getModulus().toByteArray()));
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(published.getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    var forged = new LinkedHashMap<String, String>();
    forged.put("alg none", unsigned("{\"alg\":\"none\"}") + ".");
    forged.put(
        "alg None with a key id", unsigned("{\"alg\":\"None\",\"kid\":\"" + kid + "\"}") + ".");
    forged.put("HS256 by the public key", hmac(header("HS256", kid, ""), published.getEncoded()));
    forged.put("HS256 by its PEM", hmac(header("HS256", kid, ""), pem.getBytes(US_ASCII)));
    forged.put(
        "a key id that is a path",
        hmac(header("HS256", "../../../../dev/null", ""), new byte[] {0}));
    forged.put("a key id that is SQL", rsa(own.getPrivate(), header("RS256", "x' or '1'='1", "")));
    forged.put("jku", rsa(own.getPrivate(), header("RS256", kid, ",\"jku\":\"" + foreign + "\"")));
    forged.put("x5u", rsa(own.getPrivate(), header("RS256", kid, ",\"x5u\":\"" + foreign + "\"")));
    forged.put("jwk", rsa(own.getPrivate(), header("RS256", "own", ",\"jwk\":" + jwk)));
    forged.put("another's signature", rsa(own.getPrivate(), header("RS256", kid, "")));
    var genuine = shop.newShopper().http().token();
    var parts = genuine.split("\\.");
    forged.put("other claims", parts[0] + "." + claims() + "." + parts[2]);
    forged.put("no signature", parts[0] + "." + parts[1] + ".");
    forged.put("a part too many", genuine + ".x");
    return forged;
  }

  private static String header(String algorithm, String kid, String more) {
    return "{\"alg\":\"%s\",\"kid\":\"%s\"%s}".formatted(algorithm, kid, more);
  }

  private static String claims() {
    var now = Instant.now().getEpochSecond();
    return BASE64.encodeToString(
        """
        {"iss":"http://127.0.0.1:8080","aud":"emporion","sub":"%s","upn":"root","groups":["shopper","admin"],"exp":%d}\
        """
            .formatted(UUID.randomUUID(), now + 600)
            .getBytes(UTF_8));
  }

  private static String unsigned(String header) {
    return BASE64.encodeToString(header.getBytes(UTF_8)) + "." + claims();
  }

  private static String hmac(String header, byte[] key) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var unsigned = unsigned(header);
    return unsigned + "." + BASE64.encodeToString(mac.doFinal(unsigned.getBytes(US_ASCII)));
  }

  private static String rsa(PrivateKey key, String header) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    var unsigned = unsigned(header);
    signature.update(unsigned.getBytes(US_ASCII));
    return unsigned + "." + BASE64.encodeToString(signature.sign());
  }

  private static BigInteger number(String base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
  }
}
