package emporion.chassis.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What operators do with messages that no attempt could handle. It finds the broker by the settings
 * that the services have. Only what is there when it begins is touched; a letter leaves its queue
 * after the broker has confirmed the copy, so that a crash can only double it, which the inbox
 * absorbs.
 */
public final class DeadLetters {
  private static final String USAGE =
      """
      Usage: dead-letters list [QUEUE..]          how many dead letters each queue has
             dead-letters show QUEUE              all of them, with the reason and the body
             dead-letters replay QUEUE [ID..]     back to the queue: all of them, or these
             dead-letters drop QUEUE [ID..]       away for ever: all of them, or these

      QUEUE is a consumer's queue, such as order-service.refunds; its dead letters are in QUEUE.dead.
      Ends with 0, with 1 where something could not be done, with 2 for a wrong call.
      """;

  private static final String QUEUES = "emporion.dead-letters.queues";
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final long CONFIRM_MILLIS = 10_000;

  private final Connection connection;
  private final PrintStream out;

  private DeadLetters(Connection connection, PrintStream out) {
    this.connection = connection;
    this.out = out;
  }

  /** See {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(run(ConfigProvider.getConfig(), List.of(arguments), System.out));
  }

  static int run(Config settings, List<String> arguments, PrintStream out) {
    if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
      out.print(USAGE);
      return 0;
    }
    if (!understood(arguments)) {
      out.print(USAGE);
      return 2;
    }
    try (var connection = broker(settings).connect("dead letters")) {
      return new DeadLetters(connection, out).run(settings, arguments) ? 0 : 1;
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      out.println("The broker does not do it: " + reason(e));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static boolean understood(List<String> arguments) {
    return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "list" -> true;
      case "show" -> arguments.size() == 2;
      case "replay", "drop" -> arguments.size() >= 2;
      default -> false;
    };
  }

  private static Broker broker(Config settings) {
    return new Broker(
        settings.getValue("emporion.broker.uri", URI.class),
        settings.getOptionalValue("emporion.broker.username", String.class),
        settings.getOptionalValue("emporion.broker.password", String.class),
        Optional.empty(),
        "operator");
  }

  private static String reason(Exception failure) {
    return failure.getCause() == null ? failure.toString() : failure.getCause().getMessage();
  }

  private boolean run(Config settings, List<String> arguments)
      throws IOException, TimeoutException, InterruptedException {
    if (arguments.getFirst().equals("list")) {
      var named = arguments.subList(1, arguments.size());
      return list(named.isEmpty() ? known(settings) : named);
    }
    var queue = arguments.get(1);
    var ids = Set.copyOf(arguments.subList(2, arguments.size()));
    if (!exists(Broker.dead(queue))) {
      out.println("There is no queue " + Broker.dead(queue) + ".");
      return false;
    }
    return switch (arguments.getFirst()) {
      case "show" -> show(queue);
      case "replay" -> replay(queue, ids);
      default -> drop(queue, ids);
    };
  }

  private static List<String> known(Config settings) {
    return settings
        .getOptionalValue(QUEUES, String.class)
        .map(names -> COMMA.splitAsStream(names.strip()).toList())
        .orElse(List.of());
  }

  private boolean list(List<String> queues) throws IOException, TimeoutException {
    if (queues.isEmpty()) {
      out.println("Name the queues, or set " + QUEUES + ".");
      return false;
    }
    for (var queue : queues) {
      var dead = Broker.dead(queue);
      out.printf("%-40s %s%n", queue, exists(dead) ? Long.toString(count(dead)) : "no such queue");
    }
    return true;
  }

  /** Asks on a channel of its own, which the broker closes where there is none. */
  private boolean exists(String queue) throws IOException, TimeoutException {
    var channel = connection.createChannel();
    try {
      channel.queueDeclarePassive(queue);
    } catch (IOException e) {
      return false;
    }
    channel.close();
    return true;
  }

  private long count(String queue) throws IOException, TimeoutException {
    try (var channel = connection.createChannel()) {
      return channel.messageCount(queue);
    }
  }

  private boolean show(String queue) throws IOException, TimeoutException, InterruptedException {
    int shown =
        each(
            queue,
            (channel, letter) -> {
              out.println(line(letter));
              out.println("  died    " + header(letter, Broker.DIED_AT));
              out.println("  failure " + header(letter, Broker.FAILURE));
              out.println("  body    " + new String(letter.getBody(), StandardCharsets.UTF_8));
              return false;
            });
    out.println(shown + " dead letters in " + Broker.dead(queue));
    return true;
  }

  private boolean replay(String queue, Set<String> ids)
      throws IOException, TimeoutException, InterruptedException {
    if (!exists(queue)) {
      out.println("There is no queue " + queue + ": nothing was moved.");
      return false;
    }
    var moved = new Moved("replayed", ids);
    each(
        queue,
        (channel, letter) -> {
          if (!moved.wants(letter)) {
            return false;
          }
          boolean done = publish(channel, queue, letter);
          out.println((done ? "replayed " : "refused  ") + line(letter));
          moved.count(done);
          return done;
        });
    return moved.told();
  }

  private static boolean publish(Channel channel, String queue, GetResponse letter)
      throws IOException, TimeoutException, InterruptedException {
    var returned = new AtomicBoolean();
    channel.clearReturnListeners();
    channel.addReturnListener(message -> returned.set(true));
    channel.basicPublish("", queue, true, Broker.revived(letter.getProps()), letter.getBody());
    return channel.waitForConfirms(CONFIRM_MILLIS) && !returned.get();
  }

  private boolean drop(String queue, Set<String> ids)
      throws IOException, TimeoutException, InterruptedException {
    var moved = new Moved("dropped", ids);
    each(
        queue,
        (channel, letter) -> {
          if (!moved.wants(letter)) {
            return false;
          }
          out.println("dropped  " + line(letter));
          out.println("  body    " + new String(letter.getBody(), StandardCharsets.UTF_8));
          moved.count(true);
          return true;
        });
    return moved.told();
  }

  /**
   * Takes as many as there are now, each once. What a step does not want to go stays unacknowledged
   * and is back in its place when the channel closes.
   */
  private int each(String queue, Step step)
      throws IOException, TimeoutException, InterruptedException {
    try (var channel = connection.createChannel()) {
      channel.confirmSelect();
      long there = channel.messageCount(Broker.dead(queue));
      int taken = 0;
      for (; taken < there; taken++) {
        var letter = channel.basicGet(Broker.dead(queue), false);
        if (letter == null) {
          break;
        }
        if (step.goes(channel, letter)) {
          channel.basicAck(letter.getEnvelope().getDeliveryTag(), false);
        }
      }
      return taken;
    }
  }

  private static String line(GetResponse letter) {
    try {
      var event = Broker.event(letter.getProps(), letter.getBody());
      return String.join(
          " ", event.id().toString(), event.type(), event.subject(), event.time().toString());
    } catch (RuntimeException e) {
      return id(letter) + " is no event";
    }
  }

  private static String id(GetResponse letter) {
    return Optional.ofNullable(letter.getProps().getMessageId()).orElse("-");
  }

  private static String header(GetResponse letter, String name) {
    var headers = letter.getProps().getHeaders();
    var value = headers == null ? null : headers.get(name);
    return value == null ? "-" : value.toString();
  }

  private interface Step {
    boolean goes(Channel channel, GetResponse letter)
        throws IOException, TimeoutException, InterruptedException;
  }

  /** What became of the letters, all of them or those with these ids. */
  private final class Moved {
    private final String verb;
    private final Set<String> ids;
    private final Set<String> missing;
    private int done;
    private int refused;

    Moved(String verb, Set<String> ids) {
      this.verb = verb;
      this.ids = ids;
      this.missing = ids.stream().collect(Collectors.toSet());
    }

    boolean wants(GetResponse letter) {
      missing.remove(id(letter));
      return ids.isEmpty() || ids.contains(id(letter));
    }

    void count(boolean success) {
      done += success ? 1 : 0;
      refused += success ? 0 : 1;
    }

    boolean told() {
      missing.forEach(id -> out.println("There is no dead letter " + id + "."));
      out.println(done + " " + verb + (refused == 0 ? "" : ", " + refused + " refused"));
      return refused == 0 && missing.isEmpty();
    }
  }
}
