package emporion.chassis.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import emporion.chassis.logging.LogLevels.Standing;
import java.net.InetAddress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code /loggers} on the operators' port of a process, whatever serves it there:
 *
 * <ul>
 *   <li>{@code GET /loggers} and {@code GET /loggers/NAME}: levels, as set and as they count
 *   <li>{@code PUT /loggers/NAME?level=DEBUG&duration=PT10M}: another level for a while
 *   <li>{@code DELETE /loggers/NAME}: the level as before
 * </ul>
 *
 * <p>Whoever asks has to be on the same machine or in the same pod ({@code kubectl port-forward}):
 * the port itself may be open to whoever scrapes metrics.
 */
public final class LoggersEndpoint {
  public static final String PATH = "/loggers";

  private static final String OWN = "emporion";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$.-]{0,199}");
  private static final Duration DEFAULT = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final List<Level> LEVELS =
      List.of(Level.OFF, Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE);
  private static final LogLevels LOGGERS = new LogLevels();

  private LoggersEndpoint() {}

  /**
   * What is answered.
   *
   * @param allow the methods, for the field of that name; empty where it is not needed
   */
  public record Answer(int status, String type, String body, String allow) {}

  /**
   * Answers one request.
   *
   * @param path {@link #PATH} and what follows it
   * @param query the value of a parameter, null where it is absent
   * @param peer who asks
   */
  public static Answer answer(
      String method, String path, UnaryOperator<String> query, InetAddress peer) {
    if (!peer.isLoopbackAddress()) {
      return problem(403, "forbidden", "Forbidden", "Ask from the same machine or pod.");
    }
    if (path.equals(PATH)) {
      return reads(method) ? json(all()) : notAllowed("GET, HEAD");
    }
    var name = path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1) : "";
    if (!NAME.matcher(name).matches()) {
      return problem(404, "not-found", "Not found", "There is no such logger.");
    }
    return switch (method) {
      case "GET", "HEAD" -> one(name);
      case "PUT" -> set(name, query.apply("level"), query.apply("duration"));
      case "DELETE" -> reset(name);
      default -> notAllowed("GET, HEAD, PUT, DELETE");
    };
  }

  private static boolean reads(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static Answer one(String name) {
    return LOGGERS
        .find(name)
        .map(logger -> json(standing(logger)))
        .orElseGet(() -> problem(404, "not-found", "Not found", "There is no such logger yet."));
  }

  private static Answer reset(String name) {
    LOGGERS.reset(name);
    return new Answer(204, "", "", "");
  }

  private static Answer set(String name, String level, String duration) {
    var known = LEVELS.stream().filter(one -> one.levelStr.equals(upper(level))).findFirst();
    if (known.isEmpty()) {
      return invalid("level is one of " + LEVELS + ".");
    }
    if (known.get() == Level.TRACE && !name.equals(OWN) && !name.startsWith(OWN + ".")) {
      return invalid("TRACE is for " + OWN + " alone: of libraries it may show secrets.");
    }
    var time = duration(duration);
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      return invalid("duration is between PT1S and PT24H, as ISO 8601 has it.");
    }
    return LOGGERS.set(name, known.get(), time)
        ? one(name)
        : problem(
            409, "too-many-changes", "Conflict", LogLevels.MOST + " are changed; reset one first.");
  }

  private static String upper(String level) {
    return level == null ? "" : level.toUpperCase(Locale.ROOT);
  }

  /** Zero where it can't be read. */
  private static Duration duration(String text) {
    try {
      return text == null ? DEFAULT : Duration.parse(text);
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  private static String all() {
    var lines = new ArrayList<String>();
    for (var logger : LOGGERS.all()) {
      if (NAME.matcher(logger.getName()).matches()) {
        lines.add("\"" + logger.getName() + "\":" + standing(logger));
      }
    }
    var names = LEVELS.stream().map(level -> "\"" + level + "\"").toList();
    return "{\"levels\":[%s],\"loggers\":{%s}}"
        .formatted(String.join(",", names), String.join(",", lines));
  }

  private static String standing(Logger logger) {
    Standing standing = LOGGERS.standing(logger);
    var members = new ArrayList<String>();
    standing.configured().ifPresent(level -> members.add(member("configuredLevel", level)));
    members.add(member("effectiveLevel", standing.effective()));
    standing.until().ifPresent(until -> members.add(member("until", until)));
    return "{" + String.join(",", members) + "}";
  }

  private static String member(String name, Object value) {
    return "\"" + name + "\":\"" + value + "\"";
  }

  private static Answer json(String body) {
    return new Answer(200, "application/json", body, "");
  }

  private static Answer invalid(String detail) {
    return problem(400, "invalid-request", "Invalid request", detail);
  }

  private static Answer notAllowed(String allow) {
    var problem = problem(405, "method-not-allowed", "Method not allowed", "Allowed: " + allow);
    return new Answer(405, problem.type(), problem.body(), allow);
  }

  private static Answer problem(int status, String type, String title, String detail) {
    var members =
        List.of(
            member("type", "urn:emporion:problem:" + type),
            member("title", title),
            "\"status\":" + status,
            member("detail", detail));
    return new Answer(
        status, "application/problem+json", "{" + String.join(",", members) + "}", "");
  }
}
