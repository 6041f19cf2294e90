package emporion.chassis.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.enterprise.context.Initialized;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules that keep the services simple and their transactions short, where the class path does
 * not. Each service runs all of them over its own classes.
 */
public final class Architecture {
  private Architecture() {}

  /** One test a rule, over the classes below a package; fails also where there are none. */
  public static Stream<DynamicTest> rules(String root) {
    var classes = read(root, new ImportOption.DoNotIncludeTests());
    return rulesOf(root).entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(classes)));
  }

  static JavaClasses read(String root, ImportOption... options) {
    var classes = new ClassFileImporter(List.of(options)).importPackages(root);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("No classes below " + root);
    }
    return classes;
  }

  static Map<String, ArchRule> rulesOf(String root) {
    var rules = new TreeMap<String, ArchRule>();
    rules.put("entities speak to nobody", entities());
    rules.put("nothing behind the boundary knows it", boundary());
    rules.put("no transaction reaches a neighbour", transactions());
    rules.put(
        "packages have no cycles",
        slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true));
    rules.put("there is one persistence context", persistence());
    rules.put("what works by itself begins after the server", workers());
    return rules;
  }

  private static ArchRule entities() {
    return noClasses()
        .that()
        .resideInAPackage("..entity..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "..boundary..",
                "..control..",
                "..clients..",
                "..adapter..",
                "jakarta.ws.rs..",
                "jakarta.inject..",
                "jakarta.enterprise..",
                "emporion.chassis.messaging..",
                "emporion.chassis.problem.."))
        .allowEmptyShould(true);
  }

  private static ArchRule boundary() {
    return noClasses()
        .that()
        .resideInAnyPackage("..control..", "..entity..", "..clients..")
        .should()
        .dependOnClassesThat(resideInAPackage("..boundary.."))
        .allowEmptyShould(true);
  }

  private static ArchRule transactions() {
    return noClasses()
        .that(new Transactions())
        .should()
        .transitivelyDependOnClassesThat(
            resideInAnyPackage(
                    "..clients..", "org.eclipse.microprofile.rest.client..", "jakarta.mail..")
                .and(DescribedPredicate.not(resideInAPackage("..entity.."))))
        .allowEmptyShould(true);
  }

  private static ArchRule persistence() {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("emporion.chassis.data")
        .should()
        .beAnnotatedWith(PersistenceContext.class)
        .because("Helidon gives each such field a connection of its own")
        .allowEmptyShould(true);
  }

  /**
   * While the runtime's HTTP server comes up, no call may go out from another thread: Jersey's CDI
   * support takes the client's injection manager for the server's then, and the start fails.
   */
  static ArchRule workers() {
    return noClasses()
        .that(new EarlyBirds())
        .should()
        .dependOnClassesThat(
            belongToAnyOf(Thread.class, Executors.class).or(assignableTo(Executor.class)))
        .because("jakarta.enterprise.event.Startup is the moment for it")
        .allowEmptyShould(true);
  }

  private static final class EarlyBirds extends DescribedPredicate<JavaClass> {
    EarlyBirds() {
      super("observe that the application scope is initialized");
    }

    @Override
    public boolean test(JavaClass type) {
      return type.getMethods().stream()
          .flatMap(method -> method.getParameters().stream())
          .anyMatch(parameter -> parameter.isAnnotatedWith(Initialized.class));
    }
  }

  private static final class Transactions extends DescribedPredicate<JavaClass> {
    Transactions() {
      super("have transactions");
    }

    @Override
    public boolean test(JavaClass type) {
      return type.isAnnotatedWith(Transactional.class)
          || type.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(Transactional.class));
    }
  }
}
