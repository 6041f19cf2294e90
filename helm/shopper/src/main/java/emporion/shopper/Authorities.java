package emporion.shopper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who certifies a shop that is reached by HTTPS. */
final class Authorities {
  private Authorities() {}

  /** Those of a PEM file alone. */
  static SSLContext of(Path file) throws IOException, GeneralSecurityException {
    var known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    try (var pem = Files.newInputStream(file)) {
      int number = 0;
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        known.setCertificateEntry(Integer.toString(number++), one);
      }
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(known);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
