package emporion.order.clients;

import emporion.chassis.problem.Problem;
import emporion.order.adapter.UsersOverGrpc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.ExecutionContext;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Whether a customer may order, as user-service knows it now. */
@ApplicationScoped
public class Customers {
  private static final Logger LOG = System.getLogger(Customers.class.getName());

  private UsersOverGrpc users;

  Customers() {}

  @Inject
  Customers(UsersOverGrpc users) {
    this.users = users;
  }

  /**
   * Whether the account exists and is active.
   *
   * @param token the customer's own, with which user-service is asked
   * @throws Problem 401 or 403 where user-service does not take the token: that is an answer, and
   *     no sign that it is away
   */
  @Timeout(1_000)
  @Retry(maxRetries = 1, delay = 50, abortOn = Problem.class)
  @CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = Problem.class)
  @Bulkhead(200)
  @Fallback(value = TokenAlone.class, skipOn = Problem.class)
  public Boolean mayOrder(UUID userId, String token) {
    return users.isActive(userId, token).orElse(false);
  }

  /** A token lives for minutes: while user-service is away, it is proof enough. */
  public static class TokenAlone implements FallbackHandler<Boolean> {
    @Override
    public Boolean handle(ExecutionContext context) {
      LOG.log(Level.DEBUG, "User-service is away; the token counts alone", context.getFailure());
      return true;
    }
  }
}
