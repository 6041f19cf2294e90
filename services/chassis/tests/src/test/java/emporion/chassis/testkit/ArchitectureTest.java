package emporion.chassis.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.importer.ImportOption;
import emporion.chassis.database.EmbeddedDatabase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String SHAKY = "emporion.chassis.testkit.shaky";

  /** The embedded database makes its file small before anybody opens it, and calls nobody. */
  @Test
  void theMachineryWorksByItselfAfterTheServer() {
    var classes = Architecture.read("emporion.chassis", new ImportOption.DoNotIncludeTests());
    Architecture.workers().check(classes.that(not(type(EmbeddedDatabase.class))));
  }

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
