package emporion.chassis.logging;

import ch.qos.logback.core.PropertyDefinerBase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of several replicas speaks: {@code EMPORION_INSTANCE}, or else the host, which is the pod
 * in a cluster, and the process.
 */
public final class ServiceInstance extends PropertyDefinerBase {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  @Override
  public String getPropertyValue() {
    var given = System.getenv("EMPORION_INSTANCE");
    return given == null || given.isBlank() ? host() + ":" + ProcessHandle.current().pid() : given;
  }

  private static String host() {
    try {
      return Files.isReadable(HOST)
          ? Files.readString(HOST).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
