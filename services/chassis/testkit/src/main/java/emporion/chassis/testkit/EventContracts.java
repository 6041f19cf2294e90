package emporion.chassis.testkit;

import emporion.chassis.messaging.Outbox;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.Interceptor;

/**
 * Puts {@link EventGuard} before the outbox of the service under test. It is found by its name in
 * {@code META-INF/services}, so that no service has to ask for it.
 */
public final class EventContracts implements Extension {
  void guard(@Observes BeforeBeanDiscovery discovery) {
    // Not by annotations of the class: where the test kit itself is scanned, there would be two.
    discovery
        .addAnnotatedType(EventGuard.class, EventGuard.class.getName())
        .add(new Intercepting())
        .add(new Last());
  }

  void record(@Observes ProcessAnnotatedType<Outbox> outbox) {
    outbox
        .configureAnnotatedType()
        .filterMethods(method -> method.getJavaMember().getName().equals("record"))
        .forEach(method -> method.add(new EventGuard.Guarded.Literal()));
  }

  private static final class Intercepting extends AnnotationLiteral<Interceptor>
      implements Interceptor {
    private static final long serialVersionUID = 1;
  }

  private static final class Last extends AnnotationLiteral<Priority> implements Priority {
    private static final long serialVersionUID = 1;

    @Override
    public int value() {
      return Interceptor.Priority.APPLICATION;
    }
  }
}
