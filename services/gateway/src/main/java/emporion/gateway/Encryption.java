package emporion.gateway;

import emporion.chassis.tls.ServerCertificate;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** TLS as the gateway speaks it, on both sides. */
final class Encryption {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  /** HTTP/2 where the client speaks it. */
  private static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  private Encryption() {}

  /** Of the public socket, which follows its files without a restart. */
  static SslContext towardsClients(Settings.Tls own) {
    var certificate = new ServerCertificate(own.certificate(), own.key(), own.refresh());
    try {
      return SslContextBuilder.forServer(certificate)
          .sslProvider(SslProvider.JDK)
          .protocols(VERSIONS)
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(PROTOCOLS)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS can't be spoken", e);
    }
  }

  /**
   * Where a service speaks TLS; its name is checked in any case.
   *
   * @param ca whose certificates count; without it the system's
   */
  static SslContext towardsServices(Optional<Path> ca) {
    try {
      var context = SslContextBuilder.forClient();
      ca.ifPresent(file -> context.trustManager(file.toFile()));
      return context.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalStateException("emporion.tls.ca can't be used", e);
    }
  }
}
