package emporion.product;

import emporion.chassis.testkit.EventRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EventsTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return EventRules.rules("emporion.product", "product-service");
  }
}
