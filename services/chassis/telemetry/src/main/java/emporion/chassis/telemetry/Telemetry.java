package emporion.chassis.telemetry;

import java.util.Locale;
import java.util.Map;

/**
 * Whether spans are recorded, and where they go; with {@code otel.logs.exporter=otlp} the log too.
 * It is off unless {@code otel.sdk.disabled} is {@code false}, as MicroProfile Telemetry has it;
 * the other settings are OpenTelemetry's own: {@code otel.exporter.otlp.endpoint}, {@code
 * otel.traces.sampler}, {@code otel.service.name} and so on, each also as an environment variable
 * ({@code OTEL_SDK_DISABLED}).
 */
public final class Telemetry {
  /** The one setting that turns it on. */
  public static final String DISABLED = "otel.sdk.disabled";

  private static volatile Recorder recorder;

  private Telemetry() {}

  /**
   * Begins to record, where the settings say so; nothing of the library is loaded otherwise.
   *
   * @param service the name of this process, unless a setting gives it another
   * @param settings those that stand neither in the environment nor in system properties
   */
  public static synchronized void start(String service, Map<String, String> settings) {
    if (recorder == null && enabled(settings)) {
      var opened = Recorder.open(service, settings);
      Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "last-spans"));
      recorder = opened;
    }
  }

  private static boolean enabled(Map<String, String> settings) {
    return setting(DISABLED, settings, "true").equalsIgnoreCase("false");
  }

  /** As the library would find it. */
  static String setting(String name, Map<String, String> settings, String otherwise) {
    var variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
    var given = System.getenv().getOrDefault(variable, settings.getOrDefault(name, otherwise));
    return System.getProperty(name, given).strip();
  }

  /**
   * Records by another one from now on, or by none for null; what recorded before is the answer.
   */
  static synchronized Recorder use(Recorder other) {
    var before = recorder;
    recorder = other;
    return before;
  }

  /** Whether spans are recorded. */
  public static boolean on() {
    return recorder != null;
  }

  /** Null while it is off. */
  static Recorder recorder() {
    return recorder;
  }
}
