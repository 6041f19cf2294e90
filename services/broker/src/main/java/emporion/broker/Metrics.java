package emporion.broker;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.qpid.server.model.Queue;

/**
 * What Prometheus is told. Clients choose the names of queues, so only so many of them are told
 * apart: the durable ones, up to {@value #MOST_QUEUES}, and all others as one.
 */
final class Metrics {
  static final int MOST_QUEUES = 100;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  Metrics() {
    JvmMetrics.builder().register(registry);
  }

  /** One reading, in the format that the reader likes best. */
  record Page(String type, byte[] text) {}

  /**
   * @param accept the header of the request, null for none
   */
  Page page(String accept) {
    var writer = formats.findWriter(accept);
    var text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page(writer.getContentType(), text.toByteArray());
  }

  void observe(MailServer mail) {
    counter("mailbox_messages", "E-mails that the mailbox has kept", mail::kept);
    counter("mailbox_refusals", "E-mails that were too large or could not be kept", mail::refused);
  }

  void observe(Queues queues, DataFolder data) {
    gauge("broker_connections", "Open connections of clients", queues::connections);
    counter("broker_connections_opened", "Connections since the start", queues::connectionsOpened);
    counter("broker_messages_received", "Messages that clients published", queues::messagesIn);
    counter("broker_messages_sent", "Messages that clients were sent", queues::messagesOut);
    counter("broker_received_bytes", "Content that clients published", queues::bytesIn);
    counter("broker_sent_bytes", "Content that clients were sent", queues::bytesOut);
    gauge("broker_store_bytes", "Size of the store on disk", data::size);
    gauge("broker_queues", "Queues", () -> queues.all().size());
    queueGauge("messages", "Messages in the queue", queues, Queue::getQueueDepthMessages);
    queueGauge("bytes", "Size of its messages", queues, Queue::getQueueDepthBytes);
    queueGauge("consumers", "Consumers of the queue", queues, Queue::getConsumerCount);
    queueCounter("enqueued", "Messages that came in", queues, Queue::getTotalEnqueuedMessages);
    queueCounter("dequeued", "Messages that left it", queues, Queue::getTotalDequeuedMessages);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private void queueGauge(
      String name, String help, Queues queues, ToDoubleFunction<Queue<?>> value) {
    GaugeWithCallback.builder()
        .name("broker_queue_" + name)
        .help(help)
        .labelNames("queue")
        .callback(
            callback ->
                queues.byName(MOST_QUEUES, value).forEach((q, sum) -> callback.call(sum, q)))
        .register(registry);
  }

  /** Of named queues alone: a sum would fall when one of the others is deleted. */
  private void queueCounter(
      String name, String help, Queues queues, ToDoubleFunction<Queue<?>> value) {
    CounterWithCallback.builder()
        .name("broker_queue_" + name)
        .help(help)
        .labelNames("queue")
        .callback(
            callback ->
                queues.byName(MOST_QUEUES, value).entrySet().stream()
                    .filter(queue -> !queue.getKey().equals(Queues.OTHERS))
                    .forEach(queue -> callback.call(queue.getValue(), queue.getKey())))
        .register(registry);
  }
}
