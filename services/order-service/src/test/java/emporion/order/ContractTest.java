package emporion.order;

import emporion.chassis.testkit.ContractRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return ContractRules.rules("emporion.order", "order-service");
  }
}
