package emporion.payment;

import emporion.chassis.testkit.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return Architecture.rules("emporion.payment");
  }
}
