package emporion.chassis.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;

/** The authorities whose certificates count when this process connects to another one. */
public final class Trust {
  private static final String SETTING = "emporion.tls.ca";

  private Trust() {}

  /** The file of authorities (PEM, one or more); empty where the system's count. */
  public static Optional<Path> authorities() {
    return ConfigProvider.getConfig().getOptionalValue(SETTING, Path.class);
  }

  /**
   * For connections that are to be encrypted. It does not check host names: that is each client's.
   *
   * @throws IllegalArgumentException where the file of authorities can't be read
   */
  public static SSLContext context() {
    return authorities().map(Trust::context).orElseGet(Trust::systems);
  }

  private static SSLContext systems() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The system's authorities can't be read", e);
    }
  }

  /** The same for a file whose path is known. */
  public static SSLContext context(Path authorities) {
    try (var file = Files.newInputStream(authorities)) {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
      if (trusted.size() == 0) {
        throw new GeneralSecurityException("it has no certificate");
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          SETTING + ": " + authorities + " can't be used: " + e.getMessage(), e);
    }
  }
}
