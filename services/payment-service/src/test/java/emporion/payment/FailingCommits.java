package emporion.payment;

import emporion.payment.refunds.control.RefundTransactions;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the next commits of refunds fail, as they do where the database goes away in their middle:
 * with a checked exception that no method declares.
 */
public final class FailingCommits implements Extension {
  private static final AtomicInteger TO_FAIL = new AtomicInteger();

  static void next(int commits) {
    TO_FAIL.set(commits);
  }

  static boolean over() {
    return TO_FAIL.get() <= 0;
  }

  void guard(@Observes BeforeBeanDiscovery discovery) {
    discovery.addAnnotatedType(Failing.class, Failing.class.getName());
  }

  void refunds(@Observes ProcessAnnotatedType<RefundTransactions> transactions) {
    transactions
        .configureAnnotatedType()
        .filterMethods(method -> method.getJavaMember().getName().matches("claim|settle"))
        .forEach(method -> method.add(new MayFail.Literal()));
  }

  /** What the test kit lets fail. */
  @InterceptorBinding
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  public @interface MayFail {
    /** The annotation itself. */
    final class Literal extends AnnotationLiteral<MayFail> implements MayFail {
      private static final long serialVersionUID = 1;
    }
  }

  /** Runs inside of the transaction. */
  @MayFail
  @Interceptor
  @Priority(Interceptor.Priority.APPLICATION)
  public static class Failing {
    @AroundInvoke
    Object invoke(InvocationContext call) throws Exception {
      if (TO_FAIL.getAndDecrement() > 0) {
        CDI.current()
            .select(TransactionSynchronizationRegistry.class)
            .get()
            .registerInterposedSynchronization(new Broken());
      }
      return call.proceed();
    }
  }

  private static final class Broken implements Synchronization {
    @Override
    public void beforeCompletion() {
      throw new IllegalStateException("The database went away");
    }

    @Override
    public void afterCompletion(int status) {
      // it has failed
    }
  }
}
