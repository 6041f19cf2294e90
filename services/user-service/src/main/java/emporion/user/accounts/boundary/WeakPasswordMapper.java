package emporion.user.accounts.boundary;

import emporion.chassis.problem.Problem;
import emporion.chassis.problem.Problems;
import emporion.user.accounts.control.WeakPassword;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A password that is refused: each request has it at the same place. */
@Provider
public class WeakPasswordMapper implements ExceptionMapper<WeakPassword> {
  @Override
  public Response toResponse(WeakPassword refused) {
    return Problems.answer(Problem.invalid("/password", refused.getMessage()));
  }
}
