package emporion.order.clients;

import emporion.chassis.clients.RemoteError;
import emporion.order.ordering.entity.Decline;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Tells what the card's bank said; only payment-service's own 402 is its word. */
public class DeclineMapper implements ResponseExceptionMapper<RuntimeException> {
  private static final int PAYMENT_REQUIRED = 402;
  private static final String DECLINED = "urn:emporion:problem:payment-declined";

  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status == PAYMENT_REQUIRED;
  }

  /** Before the one for all refusals. */
  @Override
  public int getPriority() {
    return 0;
  }

  @Override
  public RuntimeException toThrowable(Response response) {
    try {
      response.bufferEntity(); // another mapper is asked too, before this one or after it
      var problem = response.readEntity(Problem.class);
      if (DECLINED.equals(problem.type)) {
        return new Declined(Decline.of(problem.reason), problem.detail);
      }
    } catch (ProcessingException | IllegalStateException e) {
      return unknown();
    }
    return unknown();
  }

  private static RuntimeException unknown() {
    return new RemoteError(PAYMENT_REQUIRED, "", "HTTP 402");
  }

  record Problem(String type, String detail, String reason) {}
}
