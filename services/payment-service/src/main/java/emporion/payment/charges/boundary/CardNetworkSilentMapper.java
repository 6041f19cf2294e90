package emporion.payment.charges.boundary;

import emporion.chassis.problem.Problem;
import emporion.chassis.problem.Problems;
import emporion.payment.charges.control.CardNetworkSilent;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/** 503 while the card network does not answer, wherever that is needed. */
@Provider
public class CardNetworkSilentMapper implements ExceptionMapper<CardNetworkSilent> {
  private static final Duration RETRY = Duration.ofSeconds(1);

  @Override
  public Response toResponse(CardNetworkSilent silence) {
    return Problems.answer(Problem.unavailable(silence.getMessage(), RETRY));
  }
}
