package emporion.chassis.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What a server proves itself by to its clients: a chain of certificates and a key in files. When
 * they change and belong together, the next handshakes get the new ones; connections that are open
 * stay as they are. Files that can't be used, or of which only one is new yet, leave everything as
 * it was.
 */
public final class ServerCertificate extends X509ExtendedKeyManager {
  private static final Logger LOG = System.getLogger(ServerCertificate.class.getName());
  private static final String CHAIN = "emporion.tls.certificate";
  private static final String KEY = "emporion.tls.key";
  private static final String REFRESH = "emporion.tls.refresh";
  private static final Duration USUAL_REFRESH = Duration.ofSeconds(10);

  private final Path chain;
  private final Path key;
  private final long pause;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile Held current;

  /** For handshakes that have begun with it. */
  private volatile Held previous;

  private String trouble = "";

  /** What the two files say. */
  private record Pem(String chain, String key) {}

  /** What is made of them, under a name that no other has. */
  private record Held(int number, Pem pem, X509ExtendedKeyManager keys) {}

  /**
   * Reads the files.
   *
   * @param chain in PEM, the server's own certificate first
   * @param key in PEM, not encrypted
   * @param refresh for how long nobody looks whether they have changed
   * @throws IllegalArgumentException where they can't be used
   */
  public ServerCertificate(Path chain, Path key, Duration refresh) {
    this.chain = chain;
    this.key = key;
    this.pause = refresh.toNanos();
    try {
      current = usable(1, read());
      previous = current;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The certificate " + chain + " and its key " + key + " can't be used: " + e, e);
    }
  }

  /**
   * That of the process, which its system properties or environment name; empty where it serves
   * without encryption.
   *
   * @throws IllegalArgumentException where one is set and the other isn't, or can't be used
   */
  public static Optional<ServerCertificate> ofProcess() {
    var chain = setting(CHAIN).map(Path::of);
    var key = setting(KEY).map(Path::of);
    if (chain.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("Set both " + CHAIN + " and " + KEY + ", or none of them");
    }
    var refresh = setting(REFRESH).map(Duration::parse).orElse(USUAL_REFRESH);
    return chain.map(path -> new ServerCertificate(path, key.orElseThrow(), refresh));
  }

  private static Optional<String> setting(String name) {
    var variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(text -> !text.isBlank());
  }

  /** Of sockets that serve with it. */
  public SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {this}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509ExtendedKeyManager now() {
    long time = System.nanoTime();
    long last = looked.get();
    if (time - last >= pause && looked.compareAndSet(last, time)) {
      look();
    }
    return current.keys;
  }

  private synchronized void look() {
    try {
      var pem = read();
      if (!pem.equals(current.pem)) {
        var renewed = usable(current.number + 1, pem);
        previous = current;
        current = renewed;
        trouble = "";
        LOG.log(Level.INFO, "New connections get the renewed certificate");
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      warnOnce(e);
    }
  }

  private void warnOnce(Exception e) {
    if (!trouble.equals(e.toString())) {
      trouble = e.toString();
      LOG.log(
          Level.WARNING,
          "The certificate or its key has changed and can't be used; the old one stays",
          e);
    }
  }

  private Pem read() throws IOException {
    return new Pem(
        Files.readString(chain, StandardCharsets.ISO_8859_1),
        Files.readString(key, StandardCharsets.ISO_8859_1));
  }

  private static Held usable(int number, Pem pem) throws GeneralSecurityException, IOException {
    var chain = certificates(pem.chain);
    var own = chain.getFirst();
    own.checkValidity();
    var key = PrivateKeys.read(pem.key, own.getPublicKey());
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own-" + number, key, new char[0], chain.toArray(X509Certificate[]::new));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    return new Held(number, pem, (X509ExtendedKeyManager) managers.getKeyManagers()[0]);
  }

  private static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    var text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1));
    var all =
        CertificateFactory.getInstance("X.509").generateCertificates(text).stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (all.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return all;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return now().chooseEngineServerAlias(type, issuers, engine);
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return now().chooseServerAlias(type, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return now().getServerAliases(type, issuers);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return held()
        .map(keys -> keys.getCertificateChain(alias))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return held()
        .map(keys -> keys.getPrivateKey(alias))
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }

  private Stream<X509ExtendedKeyManager> held() {
    return Stream.of(current.keys, previous.keys);
  }

  /** It is no client's. */
  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return null;
  }

  /** It is no client's. */
  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return null;
  }
}
