package emporion.gateway;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key of the public socket. Their files are read again from time to time, and
 * where they have changed and belong together, new connections get the new ones; those that are
 * open stay as they are. Files that can't be used, or of which only one is new yet, leave
 * everything as it was.
 */
final class Certificate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final Settings.Tls settings;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate").factory());
  private final Tls first;
  private Pair seen;
  private String trouble = "";

  /** What the two files hold. */
  private record Pair(byte[] certificate, byte[] key) {}

  /**
   * Reads the files.
   *
   * @throws IllegalStateException where they can't be used
   */
  Certificate(Settings.Tls settings) {
    this.settings = settings;
    try {
      seen = read();
      first = usable(seen);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException("The certificate or its key can't be used", e);
    }
  }

  /** As it was read first. */
  Tls tls() {
    return first;
  }

  /** Begins to look for changes. */
  void renew(WebServer server) {
    long pause = settings.refresh().toMillis();
    clock.scheduleWithFixedDelay(() -> look(server), pause, pause, TimeUnit.MILLISECONDS);
  }

  private void look(WebServer server) {
    try {
      var now = read();
      if (same(now, seen)) {
        return;
      }
      seen = now;
      server.reloadTls(usable(now));
      trouble = "";
      LOG.info("New connections get the renewed certificate");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      warnOnce(e);
    }
  }

  private void warnOnce(Exception e) {
    if (!trouble.equals(e.toString())) {
      trouble = e.toString();
      LOG.warn("The certificate or its key has changed and can't be used; the old one stays", e);
    }
  }

  private Pair read() throws IOException {
    return new Pair(Files.readAllBytes(settings.certificate()), Files.readAllBytes(settings.key()));
  }

  private static boolean same(Pair one, Pair other) {
    return Arrays.equals(one.certificate, other.certificate) && Arrays.equals(one.key, other.key);
  }

  private static Tls usable(Pair files) throws GeneralSecurityException {
    var keys =
        Keys.builder()
            .pem(
                pem ->
                    pem.key(Resource.create("key", files.key))
                        .certChain(Resource.create("certificate", files.certificate)))
            .build();
    var chain = keys.certChain();
    var key = keys.privateKey().orElseThrow();
    chain.getFirst().checkValidity();
    demandPair(key, chain.getFirst().getPublicKey());
    return Tls.builder()
        .privateKey(key)
        .privateKeyCertChain(chain)
        // Nobody is asked for a certificate, but Helidon can't reload what has nobody to trust.
        .trust(chain)
        .enabledProtocols(PROTOCOLS)
        .build();
  }

  private static void demandPair(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    var signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(certified.getEncoded());
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(certified.getEncoded());
    if (!verifier.verify(signer.sign())) {
      throw new GeneralSecurityException("the key is not the one of the certificate");
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
