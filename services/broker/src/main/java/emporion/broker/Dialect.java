package emporion.broker;

import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Protocol;
import org.apache.qpid.server.model.Transport;
import org.apache.qpid.server.model.port.AmqpPort;
import org.apache.qpid.server.plugin.ProtocolEngineCreator;
import org.apache.qpid.server.protocol.v0_8.ProtocolEngineCreator_0_9_1;
import org.apache.qpid.server.transport.AggregateTicker;
import org.apache.qpid.server.transport.ProtocolEngine;
import org.apache.qpid.server.transport.ServerNetworkConnection;

/**
 * AMQP 0-9-1 as clients of RabbitMQ speak it. Stands in the place of Qpid's own, which {@code
 * system.properties} turns off.
 */
public final class Dialect implements ProtocolEngineCreator {
  private final ProtocolEngineCreator plain = ProtocolEngineCreator_0_9_1.getInstance();

  /** For the service loader of Qpid. */
  public Dialect() {}

  @Override
  public String getType() {
    return "DIALECT";
  }

  @Override
  public Protocol getVersion() {
    return plain.getVersion();
  }

  @Override
  public byte[] getHeaderIdentifier() {
    return plain.getHeaderIdentifier();
  }

  @Override
  public byte[] getSuggestedAlternativeHeader() {
    return plain.getSuggestedAlternativeHeader();
  }

  @Override
  public ProtocolEngine newProtocolEngine(
      Broker<?> broker,
      ServerNetworkConnection network,
      AmqpPort<?> port,
      Transport transport,
      long id,
      AggregateTicker ticker) {
    var connection =
        new DialectConnection(broker, network, port, transport, getVersion(), id, ticker);
    connection.create();
    return connection;
  }
}
