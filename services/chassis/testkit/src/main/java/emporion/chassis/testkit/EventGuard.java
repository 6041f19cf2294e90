package emporion.chassis.testkit;

import emporion.chassis.json.Json;
import emporion.contracts.Events;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Lets nothing into the outbox that is not as its schema in {@code api-specs/asyncapi} says, in any
 * test of a service that publishes documented events. What it refuses fails in the service, and
 * with its words in the test that {@link Http} calls the service from next.
 */
@EventGuard.Guarded
class EventGuard {
  private static final Queue<String> REFUSED = new ConcurrentLinkedQueue<>();

  /** What is kept from the outbox. */
  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Guarded {
    final class Literal extends AnnotationLiteral<Guarded> implements Guarded {
      private static final long serialVersionUID = 1;
    }
  }

  @AroundInvoke
  Object check(InvocationContext call) throws Exception {
    var type = (String) call.getParameters()[0];
    var data = call.getParameters()[3];
    var violations = violations(type, data);
    if (!violations.isEmpty()) {
      REFUSED.addAll(violations);
      throw new AssertionError(String.join("\n", violations));
    }
    return call.proceed();
  }

  private static List<String> violations(String type, Object data) {
    var service = ConfigProvider.getConfig().getValue("emporion.service", String.class);
    var documented = Events.of(service);
    if (documented.isEmpty()) {
      return List.of();
    }
    return documented.contains(type)
        ? Events.violations(type, Json.write(data))
        : List.of(type + " is not documented as an event of " + service);
  }

  /** What has been refused since this was asked for; whoever asks takes it. */
  static List<String> refused() {
    var words = new ArrayList<String>();
    for (var word = REFUSED.poll(); word != null; word = REFUSED.poll()) {
      words.add(word);
    }
    return words;
  }
}
