package emporion.chassis.logging;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Objects;

/**
 * Which build speaks: {@code EMPORION_VERSION}, which an image has set, or else that of the jar.
 */
public final class ServiceVersion extends PropertyDefinerBase {
  @Override
  public String getPropertyValue() {
    var packed = ServiceVersion.class.getPackage().getImplementationVersion();
    return System.getenv()
        .getOrDefault("EMPORION_VERSION", Objects.requireNonNullElse(packed, "unpackaged"));
  }
}
