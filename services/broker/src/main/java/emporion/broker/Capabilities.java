package emporion.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.server.plugin.ConnectionPropertyEnricher;
import org.apache.qpid.server.transport.AMQPConnection;

/**
 * Tells a connecting client what the broker can do beyond AMQP 0-9-1, in RabbitMQ's words. Qpid
 * confirms and takes nacks but does not say so, and clients that ask first (pika) then refuse to.
 */
public final class Capabilities implements ConnectionPropertyEnricher {
  private static final Map<String, Object> KNOWN =
      Map.of("publisher_confirms", true, "basic.nack", true);

  /** For the service loader of Qpid. */
  public Capabilities() {}

  @Override
  public String getType() {
    return "CAPABILITIES";
  }

  @Override
  public Map<String, Object> addConnectionProperties(
      AMQPConnection<?> connection, Map<String, Object> known) {
    var properties = new LinkedHashMap<>(known);
    properties.put("capabilities", KNOWN);
    return properties;
  }
}
