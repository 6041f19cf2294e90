package emporion.local;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * OpenTelemetry's spans as Zipkin's, version 2, the way that OpenTelemetry's specification maps
 * them. The numbers are those of the fields in {@code opentelemetry/proto/trace/v1/trace.proto}.
 */
final class OtlpSpans {
  private static final String SERVICE = "service.name";
  private static final int ERROR = 2;

  /** By OpenTelemetry's number; what works within a process has none in Zipkin. */
  private static final Map<Long, String> KINDS =
      Map.of(2L, "SERVER", 3L, "CLIENT", 4L, "PRODUCER", 5L, "CONSUMER");

  private OtlpSpans() {}

  /**
   * The JSON for {@code POST /api/v2/spans}.
   *
   * @param request an {@code ExportTraceServiceRequest}
   * @throws IllegalArgumentException where it is none
   */
  static String asZipkin(byte[] request) {
    return ProtobufReader.of(request).messages(1).stream()
        .flatMap(OtlpSpans::ofProcess)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Stream<String> ofProcess(ProtobufReader process) {
    var service =
        process.messages(1).stream()
            .map(resource -> attributes(resource, 1))
            .map(attributes -> attributes.getOrDefault(SERVICE, ""))
            .findFirst()
            .orElse("");
    return process.messages(2).stream()
        .flatMap(scope -> scope.messages(2).stream())
        .map(span -> span(service, span));
  }

  private static String span(String service, ProtobufReader span) {
    long start = micros(span.bits(7));
    var json = new LinkedHashMap<String, String>();
    json.put("traceId", quoted(hex(span.bytes(1))));
    json.put("id", quoted(hex(span.bytes(2))));
    if (span.bytes(4).length > 0) {
      json.put("parentId", quoted(hex(span.bytes(4))));
    }
    json.put("name", quoted(span.text(5)));
    kind(span.bits(6)).ifPresent(kind -> json.put("kind", quoted(kind)));
    json.put("timestamp", Long.toString(start));
    json.put("duration", Long.toString(Math.max(1, micros(span.bits(8)) - start)));
    json.put("localEndpoint", object(Map.of("serviceName", quoted(service))));
    json.put("annotations", annotations(span));
    json.put("tags", object(tags(span)));
    return object(json);
  }

  private static Optional<String> kind(long number) {
    return Optional.ofNullable(KINDS.get(number));
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private static String annotations(ProtobufReader span) {
    return span.messages(11).stream()
        .map(
            event ->
                "{\"timestamp\":%d,\"value\":%s}"
                    .formatted(micros(event.bits(1)), quoted(event.text(2))))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Its attributes, and what has failed. */
  private static Map<String, String> tags(ProtobufReader span) {
    var tags = new LinkedHashMap<String, String>();
    attributes(span, 9).forEach((key, value) -> tags.put(key, quoted(value)));
    span.messages(15).stream()
        .filter(status -> status.bits(3) == ERROR)
        .forEach(
            status -> {
              tags.put("otel.status_code", quoted("ERROR"));
              tags.put("error", quoted(status.text(2)));
            });
    return tags;
  }

  private static Map<String, String> attributes(ProtobufReader message, int number) {
    var attributes = new LinkedHashMap<String, String>();
    for (var pair : message.messages(number)) {
      pair.messages(2).forEach(value -> attributes.put(pair.text(1), text(value)));
    }
    return attributes;
  }

  /** Of a list its values, one after the other. */
  private static String text(ProtobufReader value) {
    if (value.has(2)) {
      return Boolean.toString(value.bits(2) != 0);
    } else if (value.has(3)) {
      return Long.toString(value.bits(3));
    } else if (value.has(4)) {
      return Double.toString(Double.longBitsToDouble(value.bits(4)));
    } else if (value.has(5)) {
      return value.messages(5).stream()
          .flatMap(list -> list.messages(1).stream())
          .map(OtlpSpans::text)
          .collect(Collectors.joining(","));
    }
    return value.text(1);
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  // --- JSON --------------------------------------------------------------------------------------

  private static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return text.chars().mapToObj(OtlpSpans::escaped).collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int letter) {
    return letter < ' ' || letter == '"' || letter == '\\'
        ? "\\u%04x".formatted(letter)
        : Character.toString(letter);
  }
}
