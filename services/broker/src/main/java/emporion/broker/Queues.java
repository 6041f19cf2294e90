package emporion.broker;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.configuration.IllegalConfigurationException;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHostNode;
import org.apache.qpid.server.model.port.AmqpPort;
import org.apache.qpid.server.security.auth.manager.ConfigModelPasswordManagingAuthenticationProvider;
import org.apache.qpid.server.transport.PortBindFailureException;
import org.apache.qpid.server.virtualhost.QueueManagingVirtualHost;

/**
 * The AMQP 0-9-1 broker. Users and port are made at each start from the settings; exchanges, queues
 * and messages are in the store. The door opens last: whoever gets in finds the queues recovered.
 */
final class Queues implements Closeable {
  private static final String READERS = "order_created";

  /** Of figures; not a name that a queue would have. */
  static final String OTHERS = "#others";

  private final SystemLauncher launcher;
  private final Broker<?> broker;
  private AmqpPort<?> port;

  private Queues(SystemLauncher launcher, Broker<?> broker) {
    this.launcher = launcher;
    this.broker = broker;
  }

  static Queues start(Settings settings, DataFolder data) throws Exception {
    var started = new Started();
    var launcher = new SystemLauncher(started);
    launcher.startup(
        Map.of(
            SystemConfig.TYPE,
            "Memory",
            "initialConfigurationLocation",
            "classpath:emporion/broker/broker.json",
            "startupLoggedToSystemOut",
            "false",
            "preferenceStoreAttributes",
            Map.of("type", "Noop"),
            "context",
            Map.of("emporion.store", data.store().toString())));
    var queues = new Queues(launcher, started.broker());
    try {
      queues.admit(settings);
      queues.limit(settings.unreadMax());
      data.storeStands();
      queues.open(settings);
      return queues;
    } catch (RuntimeException | IOException e) {
      queues.close();
      throw e;
    }
  }

  private void admit(Settings settings) {
    var users =
        (ConfigModelPasswordManagingAuthenticationProvider<?>)
            broker.getAuthenticationProviders().iterator().next();
    users.createUser("emporion", literal(settings.passwordOrLocalDefault()), Map.of());
    if (settings.guestIsWelcome()) {
      users.createUser("guest", "guest", Map.of());
    }
  }

  /**
   * Nobody has to read this queue, and each message in it costs memory: without a limit a shop that
   * sold long enough would find its broker dead, and unable to start again.
   */
  private void limit(int unreadMax) {
    var host = host();
    Map<String, Object> limit =
        unreadMax == 0
            ? Map.of(Queue.OVERFLOW_POLICY, "NONE", Queue.MAXIMUM_QUEUE_DEPTH_MESSAGES, -1)
            : Map.of(Queue.OVERFLOW_POLICY, "RING", Queue.MAXIMUM_QUEUE_DEPTH_MESSAGES, unreadMax);
    if (host.getChildByName(Queue.class, READERS) == null) {
      host.createChild(Queue.class, Map.of(Queue.NAME, READERS, Queue.DURABLE, true));
    }
    Queue<?> queue = host.getChildByName(Queue.class, READERS);
    queue.setAttributes(limit);
  }

  /** Attributes are templates, in which a dollar has to be doubled. */
  private static String literal(String text) {
    return text.replace("$", "$$");
  }

  private void open(Settings settings) {
    try {
      port =
          (AmqpPort<?>)
              broker.createChild(
                  Port.class,
                  Map.of(
                      Port.NAME, "amqp",
                      Port.TYPE, "AMQP",
                      Port.BINDING_ADDRESS, settings.host().getHostAddress(),
                      Port.PORT, settings.port(),
                      Port.AUTHENTICATION_PROVIDER, "passwords"));
    } catch (IllegalConfigurationException | PortBindFailureException e) {
      throw StartFailure.taken(Settings.PORT, settings.host(), settings.port(), e);
    }
  }

  int port() {
    return port.getBoundPort();
  }

  /** All queues, as they are now. */
  List<Queue<?>> all() {
    var all = new ArrayList<Queue<?>>();
    for (Queue<?> queue : host().getChildren(Queue.class)) {
      all.add(queue);
    }
    return all;
  }

  /** A figure of each durable queue, of so many at most, and of all others together. */
  Map<String, Double> byName(int most, ToDoubleFunction<Queue<?>> figure) {
    var queues = all();
    var named =
        queues.stream().filter(Queue::isDurable).map(Queue::getName).sorted().limit(most).toList();
    return queues.stream()
        .collect(
            groupingBy(
                queue -> named.contains(queue.getName()) ? queue.getName() : OTHERS,
                TreeMap::new,
                summingDouble(figure)));
  }

  double connections() {
    return host().getConnectionCount();
  }

  double connectionsOpened() {
    return host().getTotalConnectionCount();
  }

  double messagesIn() {
    return host().getMessagesIn();
  }

  double messagesOut() {
    return host().getMessagesOut();
  }

  double bytesIn() {
    return host().getBytesIn();
  }

  double bytesOut() {
    return host().getBytesOut();
  }

  private QueueManagingVirtualHost<?> host() {
    return (QueueManagingVirtualHost<?>)
        broker.getVirtualHostNodes().iterator().next().getVirtualHost();
  }

  boolean active() {
    for (VirtualHostNode<?> node : broker.getVirtualHostNodes()) {
      var host = node.getVirtualHost();
      if (host == null || host.getState() != State.ACTIVE) {
        return false;
      }
    }
    return true;
  }

  /** Closes the store after what is under way. */
  @Override
  public void close() {
    launcher.shutdown();
  }

  private static final class Started extends DefaultSystemLauncherListener {
    private Broker<?> broker;
    private RuntimeException failure;

    @Override
    public void onContainerResolve(SystemConfig<?> system) {
      broker = (Broker<?>) system.getContainer();
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure = e;
    }

    Broker<?> broker() {
      if (failure != null) {
        throw new StartFailure("The queues' store does not open: " + failure.getMessage(), failure);
      }
      return broker;
    }
  }
}
