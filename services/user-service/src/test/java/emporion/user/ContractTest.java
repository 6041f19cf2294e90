package emporion.user;

import emporion.chassis.testkit.ContractRules;
import emporion.chassis.testkit.ConventionRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ContractTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return ContractRules.rules("emporion.user", "user-service");
  }

  @TestFactory
  Stream<DynamicTest> conventions() {
    return ConventionRules.rules("user-service", new Issuer().service());
  }
}
