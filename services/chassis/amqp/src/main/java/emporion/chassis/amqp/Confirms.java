package emporion.chassis.amqp;

import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What the broker says of the events of one wave. One answer may stand for all before it. A message
 * that found no queue is nacked by some brokers, and by RabbitMQ returned and then confirmed.
 */
final class Confirms implements ConfirmListener, ReturnCallback {
  private final ConcurrentNavigableMap<Long, UUID> open = new ConcurrentSkipListMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  void published(long sequence, UUID event) {
    open.put(sequence, event);
  }

  boolean refused(UUID event) {
    return refused.contains(event.toString());
  }

  @Override
  public void handleAck(long sequence, boolean multiple) {
    answered(sequence, multiple).clear();
  }

  @Override
  public void handleNack(long sequence, boolean multiple) {
    var nacked = answered(sequence, multiple);
    nacked.values().forEach(event -> refused.add(event.toString()));
    nacked.clear();
  }

  private ConcurrentNavigableMap<Long, UUID> answered(long sequence, boolean multiple) {
    return multiple ? open.headMap(sequence, true) : open.subMap(sequence, true, sequence, true);
  }

  @Override
  public void handle(Return message) {
    refused.add(message.getProperties().getMessageId());
  }
}
