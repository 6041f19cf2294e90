package emporion.chassis.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import emporion.chassis.messaging.Event;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.tls.Trust;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The AMQP 0-9-1 broker: connections, the topology and the form of a message. Its declarations are
 * plain and idempotent, so that whoever comes first makes them and a foreign consumer may repeat
 * them.
 */
@ApplicationScoped
public class Broker {
  static final String EXCHANGE = "emporion.events";

  /** The prefix that the AMQP binding of CloudEvents 1.0.2, section 3.1.3.1, prefers. */
  private static final String PREFIX = "cloudEvents_";

  static final String FAILURE = "emporion_failure";
  static final String DIED_AT = "emporion_died_at";

  private static final int MAX_FAILURE = 300;
  private static final int PERSISTENT = 2;
  private static final Pattern QUEUES = Pattern.compile("\\s*;\\s*");
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int HEARTBEAT_SECONDS = 10;

  private ConnectionFactory factory;
  private Map<String, List<String>> queues;
  private Set<String> awaited;
  private String service;

  Broker() {}

  @Inject
  Broker(
      @ConfigProperty(name = "emporion.broker.uri") URI uri,
      @ConfigProperty(name = "emporion.broker.username") Optional<String> username,
      @ConfigProperty(name = "emporion.broker.password") Optional<String> password,
      @ConfigProperty(name = "emporion.broker.queues") Optional<String> queues,
      @ConfigProperty(name = "emporion.service") String service) {
    this.queues = parse(queues.orElse(""));
    awaited =
        this.queues.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    this.service = service;
    factory = new ConnectionFactory();
    if (encrypted(uri)) {
      factory.useSslProtocol(Trust.context());
      factory.enableHostnameVerification();
    }
    factory.setHost(uri.getHost());
    factory.setPort(uri.getPort()); // -1 is the scheme's own
    username.ifPresent(factory::setUsername);
    password.ifPresent(factory::setPassword);
    factory.setConnectionTimeout((int) CONNECT.toMillis());
    factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    factory.setAutomaticRecoveryEnabled(false);
  }

  /** As RabbitMQ's URI specification has it: {@code amqps} is AMQP over TLS, on port 5671. */
  private static boolean encrypted(URI uri) {
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "amqp" -> false;
      case "amqps" -> true;
      default ->
          throw new IllegalArgumentException(
              "emporion.broker.uri begins with amqp:// or amqps://, not as " + uri.getScheme());
    };
  }

  /** A new connection, with the exchange and the queues of the setting in place. */
  Connection connect(String purpose) throws IOException, TimeoutException {
    var connection = factory.newConnection(service + " " + purpose);
    try (var channel = connection.createChannel()) {
      channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
      for (var queue : queues.entrySet()) {
        bind(channel, queue.getKey(), queue.getValue());
      }
    }
    return connection;
  }

  /** Reads {@code name=type,type;name=type}. */
  private static Map<String, List<String>> parse(String queues) {
    return QUEUES
        .splitAsStream(queues)
        .filter(queue -> !queue.isBlank())
        .map(queue -> queue.strip().split("\\s*=\\s*", 2))
        .collect(Collectors.toMap(p -> p[0], p -> List.of(p[1].split("\\s*,\\s*"))));
  }

  /** Whether a queue for this type is in the setting, so that the broker has to find one. */
  boolean isAwaited(String type) {
    return awaited.contains(type);
  }

  static void bind(Channel channel, String queue, Iterable<String> types) throws IOException {
    channel.queueDeclare(queue, true, false, false, null);
    for (var type : types) {
      channel.queueBind(queue, EXCHANGE, type);
    }
  }

  /**
   * What a message says of its event.
   *
   * @param trace as its consumers go on with it
   */
  BasicProperties properties(Event event, Trace trace) {
    var headers = new HashMap<String, Object>();
    headers.put(PREFIX + "specversion", "1.0");
    headers.put(PREFIX + "id", event.id().toString());
    headers.put(PREFIX + "type", event.type());
    headers.put(PREFIX + "source", "/" + service);
    headers.put(PREFIX + "subject", event.subject());
    headers.put(PREFIX + "time", event.time().toString());
    headers.put(PREFIX + "sequence", Long.toString(event.version()));
    trace.writeTo((name, value) -> headers.put(PREFIX + name, value));
    return new BasicProperties.Builder()
        .contentType("application/json")
        .deliveryMode(PERSISTENT)
        .messageId(event.id().toString())
        .headers(headers)
        .build();
  }

  /** Where what can't be handled waits for somebody to look at it. */
  static String dead(String queue) {
    return queue + ".dead";
  }

  static void declareDead(Channel channel, String queue) throws IOException {
    channel.queueDeclare(dead(queue), true, false, false, null);
  }

  /** The same message with a word about why it died. */
  static BasicProperties dying(BasicProperties message, String failure) {
    var headers = headers(message);
    headers.put(
        FAILURE, failure.length() > MAX_FAILURE ? failure.substring(0, MAX_FAILURE) : failure);
    headers.put(DIED_AT, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return message.builder().headers(headers).deliveryMode(PERSISTENT).build();
  }

  /** The same message as before it died. */
  static BasicProperties revived(BasicProperties letter) {
    var headers = headers(letter);
    headers.keySet().removeAll(Set.of(FAILURE, DIED_AT));
    return letter.builder().headers(headers).deliveryMode(PERSISTENT).build();
  }

  private static Map<String, Object> headers(BasicProperties message) {
    return message.getHeaders() == null ? new HashMap<>() : new HashMap<>(message.getHeaders());
  }

  static Event event(BasicProperties properties, byte[] body) {
    Map<String, Object> headers =
        properties.getHeaders() == null ? Map.of() : properties.getHeaders();
    return new Event(
        UUID.fromString(text(headers, "id")),
        text(headers, "type"),
        text(headers, "subject"),
        Long.parseLong(text(headers, "sequence")),
        Instant.parse(text(headers, "time")),
        Trace.of(field -> Objects.toString(headers.get(PREFIX + field), null)),
        new String(body, StandardCharsets.UTF_8));
  }

  private static String text(Map<String, Object> headers, String attribute) {
    var value = headers.get(PREFIX + attribute);
    if (value == null) {
      throw new IllegalArgumentException("Not a CloudEvent: no " + attribute);
    }
    return value.toString();
  }
}
