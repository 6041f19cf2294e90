package emporion.chassis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Issues certificates, with the JDK's own keytool. */
public final class TestAuthority {
  private static final String PASSWORD = "secret";

  private final AtomicInteger issued = new AtomicInteger();
  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /** A new one, whose files are in this folder of its own. */
  public static TestAuthority in(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var authority = new TestAuthority(folder);
    authority.keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=Test " + folder.getFileName(),
        "-ext",
        "bc:c",
        "-validity",
        "2");
    authority.publish();
    return authority;
  }

  private void publish() {
    try {
      write("ca.crt", pem("CERTIFICATE", store().getCertificate("ca").getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file().toFile(), PASSWORD.toCharArray());
  }

  private Path file() {
    return folder.resolve("store.p12");
  }

  /** The authority's own certificate, in PEM. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /**
   * A server's certificate.
   *
   * @param names as keytool writes them, such as {@code dns:localhost,ip:127.0.0.1}
   */
  public Issued issue(String names) {
    var alias = "s" + issued.incrementAndGet();
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-signer",
        "ca",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=server",
        "-ext",
        "san=" + names,
        "-validity",
        "2");
    try {
      return issued(alias);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Issued issued(String alias) throws IOException, GeneralSecurityException {
    var all = store();
    var key = all.getKey(alias, PASSWORD.toCharArray());
    var chain = all.getCertificateChain(alias);
    var pem = new StringBuilder();
    for (var certificate : chain) {
      pem.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("own", key, PASSWORD.toCharArray(), chain);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new Issued(
        write(alias + ".crt", pem.toString()),
        write(alias + ".key", pem("PRIVATE KEY", key.getEncoded())),
        context);
  }

  private Path write(String name, String text) throws IOException {
    var path = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), what);
  }

  private void keytool(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", file().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a server proves itself by.
   *
   * @param chain in PEM
   * @param key in PEM
   * @param context of sockets that serve with it
   */
  public record Issued(Path chain, Path key, SSLContext context) {}
}
