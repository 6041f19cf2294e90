package emporion.chassis.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.grpc.GrpcServer;
import emporion.chassis.helidon.Main;
import emporion.chassis.testkit.TestAuthority;
import emporion.chassis.testkit.TestAuthority.Issued;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is believed to be a neighbour or a database, and who we are to others. */
class TlsTest {
  private static final String LOCAL = "dns:localhost,ip:127.0.0.1";

  @TempDir private static java.nio.file.Path folder;
  private static TestAuthority ours;
  private static TestAuthority theirs;

  @BeforeAll
  static void authorities() {
    ours = TestAuthority.in(folder.resolve("ours"));
    theirs = TestAuthority.in(folder.resolve("theirs"));
    assertEquals(200, RunningChassis.SERVICE.management().get("/health/started").status());
  }

  @AfterEach
  void forget() {
    System.clearProperty("emporion.tls.ca");
    System.clearProperty("emporion.tls.certificate");
    System.clearProperty("emporion.tls.key");
    System.clearProperty("emporion.tls.refresh");
  }

  private static void trust(TestAuthority authority) {
    System.setProperty("emporion.tls.ca", authority.certificate().toString());
  }

  /** A neighbour. */
  @Path("/hello")
  public interface Neighbour {
    @GET
    String hello();
  }

  @Test
  void aNeighbourIsBelievedByAuthorityAndName() throws IOException {
    var right = neighbour(ours.issue(LOCAL));
    var wrong = neighbour(ours.issue("dns:elsewhere.example"));
    trust(ours);
    assertEquals("hello", client(right).hello());
    assertThrows(ProcessingException.class, client(wrong)::hello);
    trust(theirs);
    assertThrows(ProcessingException.class, client(right)::hello);
    forget();
    assertThrows(ProcessingException.class, client(right)::hello);
  }

  private static Neighbour client(URI uri) {
    return RestClientBuilder.newBuilder().baseUri(uri).build(Neighbour.class);
  }

  private static URI neighbour(Issued certificate) throws IOException {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext(
        "/hello",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes());
          }
        });
    server.start();
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  @Test
  void aDatabaseIsBelievedByAuthorityAndName() throws Exception {
    var certificate = ours.issue("dns:localhost");
    try (var server =
        EmbeddedPostgres.builder()
            .setLocaleConfig("locale", "C")
            .setPGStartupWait(Duration.ofMinutes(1))
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.chain().toString())
            .setServerConfig("ssl_key_file", certificate.key().toString())
            .start()) {
      trust(ours);
      assertTrue(encrypted("localhost", server.getPort(), "verify-full"));
      assertThrows(
          SQLException.class, () -> encrypted("127.0.0.1", server.getPort(), "verify-full"));
      trust(theirs);
      assertThrows(
          SQLException.class, () -> encrypted("localhost", server.getPort(), "verify-full"));
      forget();
      assertThrows(
          SQLException.class, () -> encrypted("localhost", server.getPort(), "verify-full"));
      assertTrue(encrypted("localhost", server.getPort(), "require"));
      assertTrue(
          encrypted(
              "localhost", server.getPort(), "verify-full&sslrootcert=" + ours.certificate()));
    }
  }

  private static boolean encrypted(String host, int port, String mode) throws SQLException {
    var url = "jdbc:postgresql://" + host + ":" + port + "/postgres?sslmode=" + mode;
    try (var connection = DriverManager.getConnection(url, "postgres", "");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  @Test
  void grpcIsServedOverTlsWhereThereIsACertificate() throws Exception {
    var own = ours.issue(LOCAL);
    System.setProperty("emporion.tls.certificate", own.chain().toString());
    System.setProperty("emporion.tls.key", own.key().toString());
    var server = GrpcServer.start("127.0.0.1", 0);
    var right = channel(server, ours);
    var wrong = channel(server, theirs);
    try {
      HealthGrpc.newBlockingStub(right).check(HealthCheckRequest.getDefaultInstance());
      assertThrows(
          StatusRuntimeException.class,
          () -> HealthGrpc.newBlockingStub(wrong).check(HealthCheckRequest.getDefaultInstance()));
    } finally {
      right.shutdownNow();
      wrong.shutdownNow();
      server.stop();
    }
  }

  private static ManagedChannel channel(GrpcServer server, TestAuthority authority)
      throws IOException {
    var trust =
        TlsChannelCredentials.newBuilder().trustManager(authority.certificate().toFile()).build();
    return Grpc.newChannelBuilder("localhost:" + server.port(), trust).build();
  }

  @Test
  void grpcIsServedByARenewedCertificate() throws Exception {
    var files = PairOfFiles.in(folder.resolve("grpc"));
    files.hold(ours.issue(LOCAL));
    files.settings().forEach(System::setProperty);
    var server = GrpcServer.start("127.0.0.1", 0);
    try {
      isRenewed(server.port(), files);
    } finally {
      server.stop();
    }
  }

  /** What a server at this port proves itself by becomes what the files hold. */
  private static void isRenewed(int port, PairOfFiles files) throws Exception {
    var own = ours.issue(LOCAL);
    assertNotEquals(Files.readString(own.chain()), Files.readString(files.chain));
    files.hold(own);
    var renewed = certificate(Files.newInputStream(own.chain()));
    await().atMost(Duration.ofSeconds(20)).until(() -> renewed.equals(served(port)));
  }

  private static Certificate served(int port) throws Exception {
    var sockets = Trust.context(ours.certificate()).getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket("localhost", port)) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static Certificate certificate(InputStream pem) throws Exception {
    try (pem) {
      return CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  /** What a process is told to prove itself by; it is renewed in place, as Kubernetes does. */
  private record PairOfFiles(java.nio.file.Path chain, java.nio.file.Path key) {
    static PairOfFiles in(java.nio.file.Path folder) throws IOException {
      Files.createDirectories(folder);
      return new PairOfFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    void hold(Issued certificate) throws IOException {
      Files.copy(certificate.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(certificate.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    Map<String, String> settings() {
      return Map.of(
          "emporion.tls.certificate", chain.toString(),
          "emporion.tls.key", key.toString(),
          "emporion.tls.refresh", "PT0.1S");
    }
  }

  @Test
  void oneSettingWithoutTheOtherIsSaid() {
    System.setProperty("emporion.tls.certificate", ours.certificate().toString());
    assertThrows(IllegalArgumentException.class, ServerCertificate::ofProcess);
    System.setProperty("emporion.tls.key", folder.resolve("none").toString());
    assertThrows(IllegalArgumentException.class, ServerCertificate::ofProcess);
    System.setProperty("emporion.tls.ca", folder.resolve("none").toString());
    var failure = assertThrows(IllegalArgumentException.class, Trust::context);
    assertTrue(failure.getMessage().contains("emporion.tls.ca"), failure::getMessage);
  }

  @Test
  void aServiceServesOverTlsWhereThereIsACertificate() throws Exception {
    var files = PairOfFiles.in(folder.resolve("service"));
    files.hold(ours.issue(LOCAL));
    var port = freePort();
    var process = service(files, port);
    try {
      await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> get(port, ours) == 404);
      assertThrows(SSLHandshakeException.class, () -> get(port, theirs));
      isRenewed(port, files);
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static Process service(PairOfFiles files, int port) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dserver.port=" + port,
                "-Dmanagement.port=0",
                "-Demporion.broker.uri=amqp://127.0.0.1:1",
                "-Demporion.database.url=jdbc:h2:mem:"
                    + UUID.randomUUID()
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                    + ";DB_CLOSE_DELAY=-1"));
    files.settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int get(int port, TestAuthority authority) throws Exception {
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Trust.context(authority.certificate()))
            .build()) {
      var request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/none")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
