package emporion.chassis.helidon;

import emporion.chassis.tls.ServerCertificate;
import io.helidon.common.config.Config;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsConfig;
import io.helidon.common.tls.TlsManager;
import io.helidon.common.tls.spi.TlsManagerProvider;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/** The certificate of the process for Helidon's server, which would read its files once. */
public final class RenewedCertificate implements TlsManagerProvider {
  static final String NAME = "renewed-certificate";

  @Override
  public String configKey() {
    return NAME;
  }

  @Override
  public TlsManager create(Config config, String name) {
    return new Manager(ServerCertificate.ofProcess().orElseThrow().context());
  }

  private record Manager(SSLContext sslContext) implements TlsManager {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String type() {
      return NAME;
    }

    @Override
    public void init(TlsConfig config) {
      // It knows all that it needs.
    }

    /** Never asked for: the certificate looks after itself. */
    @Override
    public void reload(Tls tls) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<X509KeyManager> keyManager() {
      return Optional.empty();
    }

    @Override
    public Optional<X509TrustManager> trustManager() {
      return Optional.empty();
    }
  }
}
