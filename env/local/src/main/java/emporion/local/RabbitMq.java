package emporion.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The RabbitMQ that is installed here, in the place of the queues in the broker, which is the
 * mailbox alone then. The node is of its own: name, cookie, files, and the daemon that nodes are
 * found by, are those of this shop alone.
 */
final class RabbitMq implements Member {
  static final String NAME = "rabbitmq";

  /** The daemon that nodes are found by. */
  static final String EPMD = "epmd";

  /** Debian's command on the path changes to a user of its own; what it calls doesn't. */
  private static final Path DEBIANS = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int PATIENCE = 2_000; // ms

  private final Local local;
  private final Secrets secrets;
  private final Ports ports;
  private final Consumer<String> started;
  private final Path home;
  private Path program;

  /**
   * @param started is told the name of what goes with it
   */
  RabbitMq(Local local, Secrets secrets, Ports ports, Consumer<String> started) {
    this.local = local;
    this.secrets = secrets;
    this.ports = ports;
    this.started = started;
    this.home = local.place().data().resolve("rabbitmq");
    secrets.make(Secrets.COOKIE);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Both brokers speak AMQP on the same port. */
  @Override
  public Map<String, Integer> ports() {
    return Map.of(Ports.BROKER, ports.broker());
  }

  @Override
  public void prepare() {
    program =
        Files.isExecutable(DEBIANS)
            ? DEBIANS
            : Place.program("rabbitmq-server")
                .orElseThrow(
                    () ->
                        new Failure(
                            """
                            RabbitMQ is missing. Install it:
                              Debian, Ubuntu    apt-get install rabbitmq-server
                              macOS             brew install rabbitmq
                            The package may start a RabbitMQ of its own, which is not used and need not run.\
                            """));
    if (Place.program(EPMD).isEmpty()) {
      throw new Failure(
          "Erlang's epmd is missing, which comes with RabbitMQ's Erlang: apt-get install"
              + " erlang-base");
    }
  }

  @Override
  public Process start() {
    Folders.create(home);
    Os.keepToOwner(home);
    var cookie = home.resolve(".erlang.cookie");
    Folders.delete(cookie);
    write(cookie, secrets.get(Secrets.COOKIE));
    Os.permit(cookie, "r--------");
    write(home.resolve("rabbitmq.conf"), settings());
    write(home.resolve("definitions.json"), definitions());
    write(home.resolve("enabled_plugins"), "[].\n");
    var environment = environment(startEpmd());
    return local
        .processes()
        .start(NAME, local.place().home(), environment, List.of(program.toString()));
  }

  private static void write(Path file, String text) {
    Folders.delete(file);
    Folders.writePrivately(file, text, StandardOpenOption.WRITE);
  }

  /** The port of AMQP is the only one that others need; that of this daemon is whatever is free. */
  private int startEpmd() {
    var processes = local.processes();
    var kept = local.place().run().resolve("epmd.port");
    if (processes.runs(EPMD)) {
      return Integer.parseInt(Folders.read(kept).strip());
    }
    int port = ports.nextFree(ports.broker() + 1);
    Folders.write(kept, port + "\n");
    started.accept(EPMD);
    var command = List.of(EPMD, "-address", "127.0.0.1", "-port", Integer.toString(port));
    processes.start(EPMD, local.place().home(), environment(port), command);
    return port;
  }

  /** As many messages as in the embedded broker, and as large ones. */
  private String settings() {
    return """
    listeners.tcp.local = 127.0.0.1:%d
    loopback_users.guest = true
    max_message_size = 8388608
    log.console = true
    log.console.level = info
    log.file = false
    load_definitions = %s
    """
        .formatted(ports.broker(), home.resolve("definitions.json"));
  }

  /**
   * The limit is a policy, so that order_created stays a queue that anybody can declare without
   * knowing of it.
   */
  private String definitions() {
    var set = local.settings().text("EMPORION_BROKER_UNREAD_MAX");
    var unread = set.isEmpty() ? "50000" : set;
    var policy =
        """
        {"vhost":"/","name":"unread","pattern":"^order_created$","apply-to":"queues","priority":0,"definition":{"max-length":%s,"overflow":"drop-head"}}\
        """
            .formatted(unread);
    return """
    {"vhosts":[{"name":"/"}],
     "users":[{"name":"emporion","password":"%s","tags":""},
              {"name":"guest","password":"guest","tags":""}],
     "permissions":[{"user":"emporion","vhost":"/","configure":".*","write":".*","read":".*"},
                    {"user":"guest","vhost":"/","configure":".*","write":".*","read":".*"}],
     "policies":[%s],
     "queues":[{"name":"order_created","vhost":"/","durable":true,"auto_delete":false,"arguments":{}}]}
    """
        .formatted(secrets.get(Secrets.BROKER), unread.equals("0") ? "" : policy);
  }

  /**
   * What the node is given; nothing of a RabbitMQ that is installed here reaches it. The name
   * suffices for everything, as it is looked up at this shop's own daemon only.
   */
  private Map<String, String> environment(int epmdPort) {
    var given = new HashMap<>(System.getenv());
    given.keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    given.put("HOME", home.toString());
    given.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    given.put("ERL_EPMD_PORT", Integer.toString(epmdPort));
    given.put("ERL_CRASH_DUMP", local.place().logs().resolve("rabbitmq.crash.dump").toString());
    given.put("RABBITMQ_NODENAME", "emporion@localhost");
    given.put("RABBITMQ_DIST_PORT", Integer.toString(ports.nextFree(epmdPort + 1)));
    given.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    given.put("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString());
    given.put("RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("enabled_plugins").toString());
    given.put("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString());
    given.put("RABBITMQ_LOG_BASE", local.place().logs().toString());
    given.put("RABBITMQ_LOGS", "-");
    given.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
    given.put("RUNNING_UNDER_SYSTEMD", "true"); // the script becomes the node instead of its parent
    return given;
  }

  /** The door opens last. */
  @Override
  public boolean isReady() {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.broker()), PATIENCE);
      socket.setSoTimeout(PATIENCE);
      socket.getOutputStream().write(GREETING);
      return socket.getInputStream().read() == 1;
    } catch (IOException e) {
      return false;
    }
  }
}
