package emporion.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelectorProvider;
import java.util.Set;

/** Makes Helidon's connection read and write by way of ours. */
final class Connections implements ServerConnectionSelector {
  private final Protocol protocol;
  private final Http1ConnectionSelector server;

  Connections(Protocol protocol) {
    this.protocol = protocol;
    server = Http1ConnectionSelector.builder().config(protocol.http1()).build();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData begin) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return server.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var client = new Client(context, protocol);
    return new Connection(server.connection(client), client);
  }

  /** Found by {@link java.util.ServiceLoader}. */
  public static final class Provider implements ServerConnectionSelectorProvider<Protocol> {
    @Override
    public Class<Protocol> protocolConfigType() {
      return Protocol.class;
    }

    @Override
    public String protocolType() {
      return Protocol.TYPE;
    }

    @Override
    public ServerConnectionSelector create(String socket, Protocol config, ProtocolConfigs all) {
      return new Connections(config);
    }
  }
}
