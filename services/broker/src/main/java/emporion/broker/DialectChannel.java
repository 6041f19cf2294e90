package emporion.broker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.protocol.v0_8.AMQChannel;
import org.apache.qpid.server.protocol.v0_8.AMQShortString;
import org.apache.qpid.server.protocol.v0_8.FieldTable;
import org.apache.qpid.server.protocol.v0_8.transport.BasicContentHeaderProperties;
import org.apache.qpid.server.protocol.v0_8.transport.ServerChannelMethodProcessor;

/**
 * What a channel is asked for in RabbitMQ's words, told to Qpid in its own. All methods but those
 * below go straight to Qpid's channel.
 */
final class DialectChannel {
  private final DialectConnection connection;
  private final AMQChannel channel;
  private final ServerChannelMethodProcessor processor;

  DialectChannel(DialectConnection connection, AMQChannel channel) {
    this.connection = connection;
    this.channel = channel;
    this.processor =
        (ServerChannelMethodProcessor)
            Proxy.newProxyInstance(
                ServerChannelMethodProcessor.class.getClassLoader(),
                new Class<?>[] {ServerChannelMethodProcessor.class},
                this::invoke);
  }

  boolean isOf(AMQChannel other) {
    return channel == other;
  }

  ServerChannelMethodProcessor processor() {
    return processor;
  }

  private Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
    switch (method.getName()) {
      case "receiveQueueDeclare" -> declareQueue(given);
      case "receiveExchangeDeclare" -> declareExchange(given);
      case "receiveMessageHeader" -> receiveHeader((BasicContentHeaderProperties) given[0], given);
      case "receiveBasicReject" -> reject((long) given[0], false, (boolean) given[1]);
      case "receiveBasicNack" -> reject((long) given[0], (boolean) given[1], (boolean) given[2]);
      default -> {
        return passOn(method, given);
      }
    }
    return null;
  }

  private Object passOn(Method method, Object[] given) throws Throwable {
    try {
      return method.invoke(channel, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The arguments with which a queue was declared stand in its description. */
  private void declareQueue(Object[] given) {
    var name = AMQShortString.toString((AMQShortString) given[0]);
    boolean passive = (boolean) given[1];
    boolean durable = (boolean) given[2];
    var wanted = new TreeMap<>(FieldTable.convertToMap((FieldTable) given[6]));
    var described = wanted.isEmpty() ? null : wanted.toString();
    try {
      if (!passive && queue(name) instanceof Queue<?> there) {
        QueueArguments.requireSame(there, durable, described);
      }
      var told = QueueArguments.forQpid(wanted);
      if (described != null) {
        told.put(Queue.DESCRIPTION, described);
      }
      channel.receiveQueueDeclare(
          (AMQShortString) given[0],
          passive,
          durable,
          (boolean) given[3],
          (boolean) given[4],
          (boolean) given[5],
          FieldTable.convertToFieldTable(told));
    } catch (IllegalArgumentException e) {
      connection.refuse(channel, e.getMessage());
    }
  }

  private Object queue(String name) {
    return name == null || name.isEmpty()
        ? null
        : connection.getAddressSpace().getAttainedMessageSource(name);
  }

  private void declareExchange(Object[] given) {
    var alternate = FieldTable.convertToMap((FieldTable) given[7]).get("alternate-exchange");
    channel.receiveExchangeDeclare(
        (AMQShortString) given[0],
        (AMQShortString) given[1],
        (boolean) given[2],
        (boolean) given[3],
        (boolean) given[4],
        (boolean) given[5],
        (boolean) given[6],
        FieldTable.convertToFieldTable(
            alternate == null ? Map.of() : Map.of("alternateExchange", alternate)));
  }

  /** Clients say in how many milliseconds a message expires, Qpid takes it for a time. */
  private void receiveHeader(BasicContentHeaderProperties properties, Object[] given) {
    if (properties.hasExpiration()) {
      properties.setExpiration(System.currentTimeMillis() + properties.getExpiration());
    }
    channel.receiveMessageHeader(properties, (long) given[1]);
  }

  /** What is refused for good is gone; Qpid would hand it to the next reader. */
  private void reject(long tag, boolean multiple, boolean requeue) {
    if (requeue) {
      channel.receiveBasicNack(tag, multiple, true);
    } else {
      channel.receiveBasicAck(tag, multiple);
    }
  }
}
