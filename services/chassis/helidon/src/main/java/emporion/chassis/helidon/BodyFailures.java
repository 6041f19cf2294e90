package emporion.chassis.helidon;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.RequestException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that the server can't read to its end is the client's doing, and no defect of ours. */
@Provider
public class BodyFailures implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null) {
      request.setEntityStream(new Body(request.getEntityStream()));
    }
  }

  private static Problem problem(RuntimeException failure) {
    return failure instanceof RequestException refused && refused.status().code() == 413
        ? Problem.tooLarge()
        : Problem.of(
            400, "malformed-request", "The request is malformed", "The body can't be read.");
  }

  /** Readers wrap what they don't know; an exception of the stream's own gets through. */
  private static final class Body extends FilterInputStream {
    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (RequestException | InsufficientDataAvailableException e) {
        throw new IOException(problem(e));
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (RequestException | InsufficientDataAvailableException e) {
        throw new IOException(problem(e));
      }
    }

    /** The server reads what is left of it, and ends the connection where it can't. */
    @Override
    public void close() {}
  }
}
