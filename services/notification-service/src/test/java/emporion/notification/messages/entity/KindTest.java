package emporion.notification.messages.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KindTest {
  @Test
  void answersHaveNoKindThatTheirClientsDoNotKnow() {
    assertEquals(
        EnumSet.of(
            Kind.USER_REGISTERED,
            Kind.PASSWORD_RESET_REQUESTED,
            Kind.ORDER_CONFIRMED,
            Kind.ORDER_CANCELLED,
            Kind.PAYMENT_REFUNDED),
        Stream.of(Kind.values()).map(Kind::released).collect(Collectors.toSet()));
  }
}
