package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as OpenTelemetry's own classes write them, and what Zipkin is told. */
class OtlpDoorTest {
  private static final Map<String, String> PROTOBUF =
      Map.of("Content-Type", "application/x-protobuf");
  private static final ByteString TRACE = ByteString.fromHex("0af7651916cd43dd8448eb211c80319c");

  private final List<String> told = new ArrayList<>();
  private HttpServer zipkin;
  private HttpServer door;
  private int answer = 202;

  @BeforeEach
  void open() throws IOException {
    zipkin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    zipkin.createContext(
        "/api/v2/spans",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    zipkin.start();
    door = OtlpDoor.open(0, zipkin.getAddress().getPort());
  }

  @AfterEach
  void close() {
    zipkin.stop(0);
    door.stop(0);
  }

  private int send(byte[] request, Map<String, String> headers) {
    var uri = "http://127.0.0.1:%d/v1/traces".formatted(door.getAddress().getPort());
    return Http.post(uri, headers, request).status();
  }

  private static byte[] request(Span.Builder... spans) {
    var ofScope = ScopeSpans.newBuilder();
    for (var span : spans) {
      ofScope.addSpans(span.setTraceId(TRACE));
    }
    var resource =
        Resource.newBuilder()
            .addAttributes(attribute("host.name", text("ours")))
            .addAttributes(attribute("service.name", text("order-service")));
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(ofScope))
        .build()
        .toByteArray();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static Span.Builder span(String id) {
    return Span.newBuilder()
        .setSpanId(ByteString.fromHex(id))
        .setName("PUT")
        .setStartTimeUnixNano(1_700_000_000_000_001_999L)
        .setEndTimeUnixNano(1_700_000_000_000_250_000L);
  }

  @Test
  void aSpanKeepsItsPlaceItsTimeAndItsAttributes() {
    var list =
        AnyValue.newBuilder()
            .setArrayValue(ArrayValue.newBuilder().addValues(text("a")).addValues(text("b")));
    var span =
        span("b7ad6b7169203331")
            .setParentSpanId(ByteString.fromHex("00f067aa0ba902b7"))
            .setKind(SpanKind.SPAN_KIND_CLIENT)
            .addAttributes(attribute("text", text("a \"b\" \\ \n é 😀")))
            .addAttributes(attribute("whole", AnyValue.newBuilder().setIntValue(-5).build()))
            .addAttributes(attribute("real", AnyValue.newBuilder().setDoubleValue(0.5).build()))
            .addAttributes(attribute("yes", AnyValue.newBuilder().setBoolValue(true).build()))
            .addAttributes(attribute("list", list.build()))
            .addEvents(
                Span.Event.newBuilder()
                    .setName("stale")
                    .setTimeUnixNano(1_700_000_000_000_003_000L))
            .setStatus(Status.newBuilder().setCode(StatusCode.STATUS_CODE_ERROR).setMessage("no"));

    assertEquals(200, send(request(span), PROTOBUF));

    assertEquals(
        List.of(
            """
            [{"traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203331","parentId":"00f067aa0ba902b7",\
            "name":"PUT","kind":"CLIENT","timestamp":1700000000000001,"duration":249,\
            "localEndpoint":{"serviceName":"order-service"},"annotations":[{"timestamp":1700000000000003,"value":"stale"}],\
            "tags":{"text":"a \\u0022b\\u0022 \\u005c \\u000a é 😀","whole":"-5","real":"0.5","yes":"true","list":"a,b",\
            "otel.status_code":"ERROR","error":"no"}}]\
            """),
        told);
  }

  @Test
  void aRootThatWorksWithinItsProcessHasNeitherParentNorKind() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(
          request(
              span("b7ad6b7169203331").setKind(SpanKind.SPAN_KIND_INTERNAL),
              span("b7ad6b7169203332").setEndTimeUnixNano(0)));
    }

    assertEquals(200, send(zipped.toByteArray(), Map.of("Content-Encoding", "gzip")));

    var same =
        """
        {"traceId":"0af7651916cd43dd8448eb211c80319c","id":"%s","name":"PUT","timestamp":1700000000000001,"duration":%d,\
        "localEndpoint":{"serviceName":"order-service"},"annotations":[],"tags":{}}\
        """;
    assertEquals(
        List.of(
            "[%s,%s]"
                .formatted(
                    same.formatted("b7ad6b7169203331", 249),
                    same.formatted("b7ad6b7169203332", 1))),
        told);
  }

  @Test
  void whatIsNoRequestIsRefusedAndToldToNobody() {
    var whole = request(span("b7ad6b7169203331"));
    for (int length = 1; length < whole.length; length++) {
      assertEquals(400, send(Arrays.copyOf(whole, length), PROTOBUF), "cut at " + length);
    }
    assertEquals(400, send("{\"resourceSpans\":[]}".getBytes(StandardCharsets.UTF_8), PROTOBUF));
    assertEquals(405, Http.status(door.getAddress().getPort(), "/v1/traces"));
    assertEquals(List.of(), told);
  }

  @Test
  void aSenderIsToTryAgainUntilZipkinTakesIt() {
    var request = request(span("b7ad6b7169203331"));
    answer = 500;
    assertEquals(503, send(request, PROTOBUF));
    zipkin.stop(0);
    assertEquals(503, send(request, PROTOBUF));
  }
}
