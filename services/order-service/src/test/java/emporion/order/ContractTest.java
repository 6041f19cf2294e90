package emporion.order;

import emporion.chassis.testkit.ContractRules;
import emporion.chassis.testkit.ConventionRules;
import emporion.order.ordering.Shop;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return ContractRules.rules("emporion.order", "order-service");
  }

  @TestFactory
  Stream<DynamicTest> conventions() {
    return ConventionRules.rules("order-service", Shop.SERVICE);
  }
}
