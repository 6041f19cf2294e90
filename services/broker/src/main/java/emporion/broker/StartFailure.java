package emporion.broker;

import java.net.InetAddress;

/** Why the process can't start, in words that tell its operator what to change. */
final class StartFailure extends RuntimeException {
  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static StartFailure taken(String setting, InetAddress host, int port, Exception cause) {
    return new StartFailure(
        "Port %d on %s can't be had (%s): free it, or set %s to another"
            .formatted(port, host.getHostAddress(), cause.getMessage(), setting),
        cause);
  }
}
