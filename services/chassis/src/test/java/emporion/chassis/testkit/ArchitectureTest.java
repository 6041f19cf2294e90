package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String SHAKY = "emporion.chassis.testkit.shaky";

  @TestFactory
  Stream<DynamicTest> eachRuleCanFail() {
    var classes = Architecture.read(SHAKY);
    return Architecture.rulesOf(SHAKY).entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () ->
                        assertThrows(AssertionError.class, () -> rule.getValue().check(classes))));
  }
}
