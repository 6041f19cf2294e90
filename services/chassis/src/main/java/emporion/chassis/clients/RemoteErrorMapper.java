package emporion.chassis.clients;

import emporion.chassis.problem.ProblemDocument;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Turns a neighbour's 4xx, which is an answer whatever it says, into a {@link RemoteError}. */
public class RemoteErrorMapper implements ResponseExceptionMapper<RuntimeException> {
  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 400 && status < 500;
  }

  @Override
  public int getPriority() {
    return 1;
  }

  @Override
  public RuntimeException toThrowable(Response response) {
    try {
      response.bufferEntity(); // other mappers are asked too, in no order
      var problem = response.readEntity(ProblemDocument.class);
      var slug = problem.type().substring(problem.type().lastIndexOf(':') + 1);
      return new RemoteError(response.getStatus(), slug, problem.detail());
    } catch (ProcessingException | IllegalStateException | NullPointerException e) {
      return new RemoteError(response.getStatus(), "", "HTTP " + response.getStatus());
    }
  }
}
