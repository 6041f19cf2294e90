package emporion.chassis.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import emporion.chassis.logging.Secrets;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Sends by OTLP what is logged to stdout, too: within the same limits and without secrets. Records
 * wait in a bounded queue for a thread of its own, and are lost where that is full. A request's
 * access line is left out, since its span says the same.
 */
final class LogExport extends AppenderBase<ILoggingEvent> {
  private static final int LONGEST_MESSAGE = 4_000;
  private static final int LONGEST_STACK = 16_384;

  /** What the exporter says of itself would have no end. */
  private static final String EXPORTER = "io.opentelemetry.";

  private static final AttributeKey<String> ORDER = AttributeKey.stringKey("order.id");
  private static final AttributeKey<String> THREAD = AttributeKey.stringKey("thread.name");
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> STACK = AttributeKey.stringKey("exception.stacktrace");

  private final LoggerProvider records;

  private LogExport(LoggerProvider records) {
    this.records = records;
  }

  /** Begins to send, until it is stopped. */
  static LogExport begin(LoggerProvider records) {
    var export = new LogExport(records);
    export.setContext(root().getLoggerContext());
    export.setName("otlp");
    export.start();
    root().addAppender(export);
    return export;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Override
  public void stop() {
    root().detachAppender(this);
    super.stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!event.getLoggerName().startsWith(EXPORTER)) {
      record(event).emit();
    }
  }

  private LogRecordBuilder record(ILoggingEvent event) {
    var record =
        records
            .get(event.getLoggerName())
            .logRecordBuilder()
            .setTimestamp(event.getTimeStamp(), TimeUnit.MILLISECONDS)
            .setContext(context())
            .setSeverity(severity(event.getLevel()))
            .setSeverityText(event.getLevel().levelStr)
            .setBody(safe(event.getFormattedMessage(), LONGEST_MESSAGE))
            .setAttribute(THREAD, event.getThreadName());
    var order = event.getMDCPropertyMap().get("order_id");
    if (order != null) {
      record.setAttribute(ORDER, order);
    }
    var failure = event.getThrowableProxy();
    if (failure != null) {
      record
          .setAttribute(TYPE, failure.getClassName())
          .setAttribute(STACK, safe(ThrowableProxyUtil.asString(failure), LONGEST_STACK));
    }
    return record;
  }

  private static Context context() {
    return Trace.current()
        .map(
            trace ->
                SpanContext.create(
                    trace.traceId(),
                    trace.spanId(),
                    TraceFlags.fromByte((byte) trace.flags()),
                    TraceState.getDefault()))
        .map(span -> Context.root().with(Span.wrap(span)))
        .orElse(Context.root());
  }

  private static String safe(String text, int longest) {
    return Secrets.masked(text.length() > longest ? text.substring(0, longest) : text);
  }

  private static Severity severity(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> Severity.ERROR;
      case Level.WARN_INT -> Severity.WARN;
      case Level.INFO_INT -> Severity.INFO;
      case Level.DEBUG_INT -> Severity.DEBUG;
      default -> Severity.TRACE;
    };
  }
}
