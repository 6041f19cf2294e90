package emporion.chassis.adapter;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.RequestException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** A body that the server can't read to its end is the client's doing, and no defect. */
@Provider
public class BodyFailures implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      return context.proceed();
    } catch (RequestException e) {
      throw e.status().code() == 413
          ? Problem.tooLarge()
          : Problem.of(
              400, "malformed-request", "The request is malformed", "The body can't be read.");
    } catch (InsufficientDataAvailableException e) {
      throw Problem.of(
          400, "malformed-request", "The request is malformed", "The body ends too early.");
    }
  }
}
