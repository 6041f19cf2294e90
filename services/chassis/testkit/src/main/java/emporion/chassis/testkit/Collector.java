package emporion.chassis.testkit;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A collector of traces and logs that reads OTLP over HTTP by OpenTelemetry's own schema. */
public final class Collector implements AutoCloseable {
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final List<Logged> log = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** Listens at any free port. */
  public Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::receive);
    server.createContext("/v1/logs", this::receiveLog);
    server.start();
  }

  /**
   * A span as it came.
   *
   * @param parent the id of the span that it is a part of; empty for none
   * @param kind as the schema names it, without its prefix
   * @param start in nanoseconds since 1970
   * @param links the ids of the traces that it is linked to
   */
  public record Received(
      String service,
      String name,
      String kind,
      String traceId,
      String id,
      String parent,
      String state,
      long start,
      long end,
      boolean failed,
      Map<String, String> attributes,
      List<String> links) {}

  /** A line of a log as it came. */
  public record Logged(
      String service,
      String logger,
      String level,
      String message,
      String traceId,
      String spanId,
      Map<String, String> attributes) {}

  /** What {@code otel.exporter.otlp.endpoint} says to find it. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All spans of one trace, in the order in which they came. */
  public List<Received> spans(String traceId) {
    return spans.stream().filter(span -> span.traceId.equals(traceId)).toList();
  }

  /** All spans of a name, in the order in which they came. */
  public List<Received> named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  /** All that was logged, in the order in which it came. */
  public List<Logged> log() {
    return List.copyOf(log);
  }

  private void receiveLog(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportLogsServiceRequest.parseFrom(exchange.getRequestBody());
      for (var ofProcess : request.getResourceLogsList()) {
        var service = attributes(ofProcess.getResource().getAttributesList()).get("service.name");
        for (var scope : ofProcess.getScopeLogsList()) {
          scope.getLogRecordsList().stream()
              .map(record -> logged(service, scope.getScope().getName(), record))
              .forEach(log::add);
        }
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Logged logged(String service, String logger, LogRecord record) {
    return new Logged(
        service,
        logger,
        record.getSeverityText(),
        text(record.getBody()),
        hex(record.getTraceId()),
        hex(record.getSpanId()),
        attributes(record.getAttributesList()));
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
      for (var ofProcess : request.getResourceSpansList()) {
        var service = attributes(ofProcess.getResource().getAttributesList()).get("service.name");
        ofProcess.getScopeSpansList().stream()
            .flatMap(scope -> scope.getSpansList().stream())
            .map(span -> received(service, span))
            .forEach(spans::add);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Received received(String service, io.opentelemetry.proto.trace.v1.Span span) {
    return new Received(
        service,
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getTraceState(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
        attributes(span.getAttributesList()),
        span.getLinksList().stream().map(link -> hex(link.getTraceId())).toList());
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, pair -> text(pair.getValue())));
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
