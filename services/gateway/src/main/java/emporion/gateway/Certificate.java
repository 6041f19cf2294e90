package emporion.gateway;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
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
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  /** HTTP/2 where the client speaks it. */
  private static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  private final Settings.Tls settings;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate").factory());
  private volatile SslContext current;
  private Pair seen;
  private String trouble = "";

  /** What the two files hold. */
  private record Pair(byte[] certificate, byte[] key) {}

  /**
   * Reads the files, and begins to look for changes.
   *
   * @throws IllegalStateException where they can't be used
   */
  Certificate(Settings.Tls settings) {
    this.settings = settings;
    try {
      seen = read();
      current = usable(seen);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException("The certificate or its key can't be used", e);
    }
    long pause = settings.refresh().toMillis();
    clock.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** What the next connection gets. */
  SslContext current() {
    return current;
  }

  private void look() {
    try {
      var now = read();
      if (same(now, seen)) {
        return;
      }
      seen = now;
      current = usable(now);
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

  private static SslContext usable(Pair files) throws GeneralSecurityException, IOException {
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
    return SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
        .sslProvider(SslProvider.JDK)
        .protocols(VERSIONS)
        .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(PROTOCOLS)
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
