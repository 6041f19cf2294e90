package emporion.product.catalogue.boundary;

import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds every body that is not a file to {@code emporion.json.max-size} bytes: the server's own
 * limit is as wide as an import needs it.
 */
@Provider
@ApplicationScoped
public class JsonLimit implements ContainerRequestFilter {
  private static final MediaType FILE = new MediaType("text", "csv");

  private long max;

  JsonLimit() {}

  @Inject
  JsonLimit(@ConfigProperty(name = "emporion.json.max-size") long max) {
    this.max = max;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMediaType() == null || FILE.isCompatible(request.getMediaType())) {
      return;
    }
    if (request.getLength() > max) {
      throw tooLarge();
    }
    if (request.getLength() < 0) {
      request.setEntityStream(new Bounded(request.getEntityStream(), max));
    }
  }

  private static Problem tooLarge() {
    return Problem.of(413, "too-large", "The body is too large", "Send less at once.");
  }

  /** A body of unannounced length is counted while it is read. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long max) {
      super(in);
      left = max;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
