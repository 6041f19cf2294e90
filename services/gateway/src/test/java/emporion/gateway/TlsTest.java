package emporion.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with a gateway that has a certificate. */
class TlsTest {
  private static final String GET = "GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n";

  @TempDir private static Path made;
  private static Pem first;
  private static Pem second;

  @TempDir private Path folder;
  private RawUpstream service;
  private Stage stage;

  /** A certificate and its key. */
  private record Pem(String certificate, String key) {
    static Pem of(String name, String... algorithm) throws Exception {
      var store = made.resolve(name + ".p12");
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-J-XX:+UseSerialGC",
                  "-genkeypair",
                  "-alias",
                  "shop",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "SAN=ip:127.0.0.1",
                  "-validity",
                  "2",
                  "-storepass",
                  "changeit",
                  "-keystore",
                  store.toString()));
      command.addAll(List.of(algorithm));
      var keytool = new ProcessBuilder(command).redirectErrorStream(true);
      keytool.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      assertEquals(0, keytool.start().waitFor());
      var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
      return new Pem(
          pem("CERTIFICATE", keys.getCertificate("shop").getEncoded()),
          pem("PRIVATE KEY", keys.getKey("shop", "changeit".toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] der) {
      return "-----BEGIN "
          + what
          + "-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
          + "\n-----END "
          + what
          + "-----\n";
    }
  }

  @BeforeAll
  static void certify() throws Exception {
    first = Pem.of("first", "-keyalg", "RSA", "-keysize", "2048");
    second = Pem.of("second", "-keyalg", "EC", "-groupname", "secp256r1");
  }

  @BeforeEach
  void start() throws IOException {
    service = RawUpstream.saying(Stage.OK);
    write(first.certificate, first.key);
    stage = stage();
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    service.close();
  }

  private Stage stage(String... namesAndValues) {
    var settings =
        new HashMap<>(
            Map.of(
                "EMPORION_TLS_CERTIFICATE", folder.resolve("tls.crt").toString(),
                "EMPORION_TLS_KEY", folder.resolve("tls.key").toString(),
                "EMPORION_TLS_REFRESH", "PT0.05S"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Stage(service, settings);
  }

  private void write(String certificate, String key) throws IOException {
    Files.writeString(folder.resolve("tls.crt"), certificate);
    Files.writeString(folder.resolve("tls.key"), key);
  }

  /** A client that trusts anybody: whom it meets is what the tests look at. */
  private static SSLContext trusting() throws GeneralSecurityException {
    var trust =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, new SecureRandom());
    return context;
  }

  private static SSLSocket connect(int port, String... protocols) throws Exception {
    var socket =
        (SSLSocket)
            trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(GET.getBytes(US_ASCII));
    var answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (answer.indexOf("\r\n\r\nok") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed behind " + answer);
      }
      answer.append((char) next);
    }
    return answer.toString();
  }

  private String name() throws Exception {
    try (var socket = connect(stage.port())) {
      assertTrue(ask(socket).startsWith("HTTP/1.1 200 "));
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @TestFactory
  Stream<DynamicTest> both_versions_are_spoken() {
    return Stream.of("TLSv1.3", "TLSv1.2")
        .map(
            version ->
                DynamicTest.dynamicTest(
                    version,
                    () -> {
                      try (var socket = connect(stage.port(), version)) {
                        var answer = ask(socket);
                        assertEquals(version, socket.getSession().getProtocol());
                        assertTrue(
                            answer.contains("\r\nStrict-Transport-Security: max-age=31536000\r\n"),
                            answer);
                        assertTrue(service.lastHead().contains("X-Forwarded-Proto: https\r\n"));
                      }
                    }));
  }

  @Test
  void a_browser_that_would_rather_speak_http2_is_served() throws Exception {
    try (var client =
        HttpClient.newBuilder().sslContext(trusting()).version(HttpClient.Version.HTTP_2).build()) {
      var uri = URI.create("https://127.0.0.1:" + stage.port() + "/v1/users");
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertEquals("ok", answer.body());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
    }
  }

  @Test
  void a_renewed_certificate_is_served_without_a_restart() throws Exception {
    try (var open = connect(stage.port())) {
      ask(open);
      assertEquals("CN=first", name());
      write(second.certificate, second.key);
      await().until(this::name, "CN=second"::equals);
      ask(open);
      write(first.certificate, first.key);
      await().until(this::name, "CN=first"::equals);
    }
  }

  @Test
  void what_can_not_be_used_changes_nothing() throws Exception {
    write(second.certificate, first.key);
    seenByTheGateway();
    assertEquals("CN=first", name());
    write("nonsense", second.key);
    seenByTheGateway();
    assertEquals("CN=first", name());
    Files.delete(folder.resolve("tls.key"));
    seenByTheGateway();
    assertEquals("CN=first", name());
    write(second.certificate, second.key);
    await().until(this::name, "CN=second"::equals);
  }

  /** Several looks at the files have passed. */
  private void seenByTheGateway() {
    var since = System.nanoTime();
    await().until(() -> System.nanoTime() - since > 400_000_000L);
  }

  @Test
  void without_a_usable_pair_there_is_no_start() throws IOException {
    write(first.certificate, second.key);
    assertThrows(IllegalArgumentException.class, this::stage);
    Files.delete(folder.resolve("tls.crt"));
    assertThrows(IllegalArgumentException.class, this::stage);
  }

  @Test
  void handshakes_that_fail_or_never_end_take_nobodys_place() throws Exception {
    try (var small =
        stage(
            "SERVER_MAX_TCP_CONNECTIONS", "4",
            "EMPORION_GATEWAY_CLIENT_HEAD_TIMEOUT", "PT2S")) {
      for (int i = 0; i < 6; i++) {
        try (var plain = new RawClient(small.port())) {
          plain.write(GET);
          await().until(plain::closed);
        }
      }
      var silent = new ArrayList<RawClient>();
      try {
        for (int i = 0; i < 4; i++) {
          silent.add(new RawClient(small.port()));
        }
        await().ignoreExceptions().until(() -> serves(small));
      } finally {
        for (var client : silent) {
          client.close();
        }
      }
    }
  }

  private static boolean serves(Stage stage) throws Exception {
    try (var socket = connect(stage.port())) {
      return ask(socket).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void a_client_that_does_not_read_loses_its_connection() throws Exception {
    var given = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          try {
            out.write(RawUpstream.bytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
            while (true) {
              out.write(new byte[65_536]);
            }
          } finally {
            given.countDown();
          }
        });
    try (var hasty = stage("EMPORION_GATEWAY_STALL_TIMEOUT", "PT0.5S");
        var deaf = connect(hasty.port())) {
      deaf.getOutputStream().write(GET.getBytes(US_ASCII));
      await().until(() -> given.getCount() == 0);
      service.say(Stage.OK);
      try (var other = connect(hasty.port())) {
        assertTrue(ask(other).startsWith("HTTP/1.1 200 "));
      }
    }
  }

  @Test
  void plain_http_gets_no_answer_here_and_says_nothing_of_tls_elsewhere() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), stage.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(GET.getBytes(US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(!answer.contains("HTTP/1.1"), answer);
    }
    try (var plain = new Stage(service)) {
      var answer = RawClient.get(plain.port(), "/v1/users");
      assertEquals("", answer.one("Strict-Transport-Security"));
    }
  }

  @Test
  void a_trusted_proxy_that_speaks_tls_is_as_good() throws IOException {
    try (var plain = new Stage(service, Map.of("EMPORION_GATEWAY_TRUSTED_PROXIES", "127.0.0.1"))) {
      var answer = RawClient.get(plain.port(), "/v1/users", "X-Forwarded-Proto: https\r\n");
      assertEquals("max-age=31536000", answer.one("Strict-Transport-Security"));
    }
  }

  /** Serves in the name of a certificate. */
  private static SSLServerSocket secureService(String name, String answer) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    var password = "changeit".toCharArray();
    keys.init(KeyStore.getInstance(made.resolve(name + ".p12").toFile(), password), password);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    var server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> serve(server, RawUpstream.bytes(answer)));
    return server;
  }

  private static void serve(SSLServerSocket server, byte[] answer) {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        var in = socket.getInputStream();
        for (int last = 0; last != 0x0d0a0d0a; ) {
          last = last << 8 | in.read();
        }
        socket.getOutputStream().write(answer);
      } catch (IOException e) {
        // The gateway sees what its client tells.
      }
    }
  }

  @Test
  void a_service_at_https_is_trusted_by_its_certificate_and_its_name() throws Exception {
    var ca = Files.writeString(folder.resolve("ca.crt"), first.certificate).toString();
    var other = Files.writeString(folder.resolve("other.crt"), second.certificate).toString();
    try (var server = secureService("first", Stage.OK)) {
      var right = "https://127.0.0.1:" + server.getLocalPort();
      assertEquals(200, through(right, ca));
      assertEquals(503, through(right, other));
      assertEquals(503, through(right, ""));
      assertEquals(503, through(right.replace("127.0.0.1", "localhost"), ca));
    }
  }

  private int through(String uri, String ca) throws IOException {
    var settings = Map.of("EMPORION_ROUTES_PRODUCT_URI", uri, "EMPORION_TLS_CA", ca);
    try (var gateway = new Stage(service, settings)) {
      return RawClient.get(gateway.port(), "/v1/products").status();
    }
  }

  @Test
  void an_issuer_at_https_is_trusted_by_its_certificate_and_its_name() throws Exception {
    var ca = Files.writeString(folder.resolve("ca.crt"), first.certificate).toString();
    var other = Files.writeString(folder.resolve("other.crt"), second.certificate).toString();
    try (var issuer = secureService("first", Stage.JWKS)) {
      var right = "https://127.0.0.1:" + issuer.getLocalPort();
      assertEquals(200, withTokenOf(right, ca));
      assertEquals(503, withTokenOf(right, other));
      assertEquals(503, withTokenOf(right, ""));
      assertEquals(503, withTokenOf(right.replace("127.0.0.1", "localhost"), ca));
    }
  }

  private int withTokenOf(String issuer, String ca) throws IOException {
    var settings = Map.of("MP_JWT_VERIFY_PUBLICKEY_LOCATION", issuer, "EMPORION_TLS_CA", ca);
    var token = Stage.token(Stage.KEY, Stage.claims().build());
    try (var gateway = new Stage(service, settings)) {
      return RawClient.get(
              gateway.port(), "/v1/products", "Authorization: Bearer " + token + "\r\n")
          .status();
    }
  }

  @Test
  void a_ca_that_is_none_is_no_start() throws IOException {
    var none = Files.writeString(folder.resolve("ca.crt"), "nonsense").toString();
    for (var ca : List.of(none, folder.resolve("missing").toString())) {
      var settings = Map.of("EMPORION_TLS_CA", ca);
      assertThrows(IllegalStateException.class, () -> new Stage(service, settings));
    }
  }
}
