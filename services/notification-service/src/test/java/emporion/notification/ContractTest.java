package emporion.notification;

import emporion.chassis.testkit.ContractRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return ContractRules.rules("emporion.notification", "notification-service");
  }
}
