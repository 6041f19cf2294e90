package emporion.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an operator may set, by system property ({@code emporion.broker.port}) or else by
 * environment ({@code EMPORION_BROKER_PORT}); an empty value counts as unset. Ports may be 0, which
 * takes any free one.
 *
 * @param embedded whether the queues are here; where another broker has them this process is the
 *     mailbox alone
 * @param host the address of queues and health; beyond loopback a password must be set
 * @param guest whether {@code guest} with the password {@code guest} may enter on loopback
 * @param unreadMax how many events wait for outside readers, the newest; 0 keeps all
 * @param mailboxMaxBytes the size of the largest message that is accepted
 */
record Settings(
    boolean embedded,
    InetAddress host,
    int port,
    Path data,
    Optional<String> password,
    boolean guest,
    int unreadMax,
    int healthPort,
    InetAddress mailboxHost,
    int mailboxPort,
    Path mailbox,
    int mailboxMaxBytes,
    int mailboxMaxConnections) {
  static final String PORT = "EMPORION_BROKER_PORT";
  static final String HEALTH_PORT = "EMPORION_BROKER_HEALTH_PORT";
  static final String MAILBOX_PORT = "EMPORION_MAILBOX_PORT";
  static final String DATA = "EMPORION_BROKER_DATA";
  static final String MAILBOX = "EMPORION_MAILBOX_DIR";

  private static final String LOCAL_PASSWORD = "emporion";
  private static final int TCP_PORTS = 65_535;

  Settings {
    if (embedded && !host.isLoopbackAddress() && password.isEmpty()) {
      throw new StartFailure(
          "EMPORION_BROKER_HOST is %s, which is beyond loopback: set EMPORION_BROKER_PASSWORD too"
              .formatted(host.getHostAddress()));
    }
  }

  /** Reads the process's own settings; a bad one is a {@link StartFailure} that names it. */
  static Settings read() {
    return read(Settings::ofProcess);
  }

  static Settings read(UnaryOperator<String> source) {
    var from = new Source(source);
    return new Settings(
        from.flag("EMPORION_BROKER_EMBEDDED", true),
        from.address("EMPORION_BROKER_HOST"),
        from.number(PORT, 5672, 0, TCP_PORTS),
        Path.of(from.text(DATA).orElse("env/local/data/broker")),
        from.text("EMPORION_BROKER_PASSWORD"),
        from.flag("EMPORION_BROKER_GUEST", true),
        from.number("EMPORION_BROKER_UNREAD_MAX", 50_000, 0, Integer.MAX_VALUE),
        from.number(HEALTH_PORT, 9672, 0, TCP_PORTS),
        from.address("EMPORION_MAILBOX_HOST"),
        from.number(MAILBOX_PORT, 1025, 0, TCP_PORTS),
        Path.of(from.text(MAILBOX).orElse("env/local/data/mailbox")),
        from.number("EMPORION_MAILBOX_MAX_BYTES", 10 << 20, 1, Integer.MAX_VALUE),
        from.number("EMPORION_MAILBOX_MAX_CONNECTIONS", 64, 1, 10_000));
  }

  String passwordOrLocalDefault() {
    return password.orElse(LOCAL_PASSWORD);
  }

  /** Whether {@code guest} may enter: as with RabbitMQ, from this machine only. */
  boolean guestIsWelcome() {
    return guest && host.isLoopbackAddress();
  }

  private static String ofProcess(String name) {
    var property = System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
    return property == null ? System.getenv(name) : property;
  }

  private record Source(UnaryOperator<String> values) {
    Optional<String> text(String name) {
      return Optional.ofNullable(values.apply(name)).filter(value -> !value.isBlank());
    }

    int number(String name, int byDefault, int least, int most) {
      return text(name).map(value -> number(name, value, least, most)).orElse(byDefault);
    }

    private static int number(String name, String value, int least, int most) {
      try {
        int number = Integer.parseInt(value.strip());
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // told below, as a number out of range is
      }
      throw new StartFailure("%s must be a number from %d to %d".formatted(name, least, most));
    }

    boolean flag(String name, boolean byDefault) {
      return text(name).map(value -> flag(name, value.strip())).orElse(byDefault);
    }

    private static boolean flag(String name, String value) {
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new StartFailure(name + " must be true or false");
      };
    }

    InetAddress address(String name) {
      var host = text(name).orElse("127.0.0.1").strip();
      try {
        return InetAddress.getByName(host);
      } catch (UnknownHostException e) {
        throw new StartFailure("%s names no known address: %s".formatted(name, host), e);
      }
    }
  }
}
