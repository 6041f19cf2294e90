package emporion.chassis.amqp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Return;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfirmsTest {
  private final Confirms confirms = new Confirms();
  private final UUID[] events =
      IntStream.range(0, 5).mapToObj(i -> published(i)).toArray(UUID[]::new);

  private UUID published(int sequence) {
    var event = UUID.randomUUID();
    confirms.published(sequence, event);
    return event;
  }

  @Test
  void aRefusalMayStandForAllBeforeItThatHaveNoAnswerYet() {
    confirms.handleAck(1, false);
    confirms.handleNack(3, true);
    confirms.handleAck(4, true);

    assertTrue(confirms.refused(events[0]));
    assertFalse(confirms.refused(events[1]));
    assertTrue(confirms.refused(events[2]));
    assertTrue(confirms.refused(events[3]));
    assertFalse(confirms.refused(events[4]));
  }

  @Test
  void whatCameBackIsRefusedAlthoughItIsConfirmed() {
    var properties = new BasicProperties.Builder().messageId(events[2].toString()).build();
    confirms.handle(new Return(312, "NO_ROUTE", "", "", properties, new byte[0]));
    confirms.handleAck(4, true);

    assertTrue(confirms.refused(events[2]));
    assertFalse(confirms.refused(events[3]));
  }
}
