package emporion.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Protocol;
import org.apache.qpid.server.model.Transport;
import org.apache.qpid.server.model.port.AmqpPort;
import org.apache.qpid.server.protocol.ErrorCodes;
import org.apache.qpid.server.protocol.v0_8.AMQChannel;
import org.apache.qpid.server.protocol.v0_8.AMQPConnection_0_8Impl;
import org.apache.qpid.server.protocol.v0_8.transport.ServerChannelMethodProcessor;
import org.apache.qpid.server.transport.AggregateTicker;
import org.apache.qpid.server.transport.ServerNetworkConnection;

/**
 * A connection that outlives what only one of its channels did wrong, as RabbitMQ's do. Qpid ends
 * it with all of its channels.
 */
final class DialectConnection extends AMQPConnection_0_8Impl {
  private static final int PRECONDITION_FAILED = 406;

  private final Map<Integer, DialectChannel> channels = new ConcurrentHashMap<>();

  DialectConnection(
      Broker<?> broker,
      ServerNetworkConnection network,
      AmqpPort<?> port,
      Transport transport,
      Protocol protocol,
      long id,
      AggregateTicker ticker) {
    super(broker, network, port, transport, protocol, id, ticker);
  }

  @Override
  public ServerChannelMethodProcessor getChannelMethodProcessor(int channelId) {
    var processor = super.getChannelMethodProcessor(channelId);
    if (!(processor instanceof AMQChannel channel)) {
      channels.remove(channelId);
      return processor;
    }
    var known = channels.get(channelId);
    if (known == null || !known.isOf(channel)) {
      known = new DialectChannel(this, channel);
      channels.put(channelId, known);
    }
    return known.processor();
  }

  @Override
  public void sendConnectionClose(int code, String message, int channelId) {
    var channel = channelId == 0 ? null : getChannel(channelId);
    switch (code) {
      case ErrorCodes.NOT_ALLOWED, ErrorCodes.ARGUMENT_INVALID, ErrorCodes.INVALID_ARGUMENT ->
          close(channel, PRECONDITION_FAILED, code, message, channelId);
      case ErrorCodes.ACCESS_REFUSED, ErrorCodes.NOT_FOUND ->
          close(channel, code, code, message, channelId);
      default -> super.sendConnectionClose(code, message, channelId);
    }
  }

  private void close(AMQChannel channel, int code, int connectionCode, String message, int id) {
    if (channel == null) {
      super.sendConnectionClose(connectionCode, message, id);
    } else {
      closeChannelAndWriteFrame(channel, code, message);
    }
  }

  /** Refuses what a channel was asked for, by which it ends. */
  void refuse(AMQChannel channel, String words) {
    closeChannelAndWriteFrame(channel, PRECONDITION_FAILED, "PRECONDITION_FAILED - " + words);
  }
}
