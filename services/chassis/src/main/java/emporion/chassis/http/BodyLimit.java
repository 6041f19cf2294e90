package emporion.chassis.http;

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
 * Answers 413 to a CSV file of more than {@code emporion.body.max-file-size} bytes and to any other
 * body of more than {@code emporion.body.max-size}. The server's own limit is above both: it has no
 * words for a body that is too long.
 */
@Provider
@ApplicationScoped
public class BodyLimit implements ContainerRequestFilter {
  private static final MediaType FILE = new MediaType("text", "csv");

  private long maxJson;
  private long maxFile;

  BodyLimit() {}

  @Inject
  BodyLimit(
      @ConfigProperty(name = "emporion.body.max-size") long maxJson,
      @ConfigProperty(name = "emporion.body.max-file-size") long maxFile) {
    this.maxJson = maxJson;
    this.maxFile = maxFile;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var type = request.getMediaType();
    if (type == null) {
      return;
    }
    long max = FILE.isCompatible(type) ? maxFile : maxJson;
    if (request.getLength() > max) {
      throw Problem.tooLarge();
    }
    if (request.getLength() < 0) {
      request.setEntityStream(new Bounded(request.getEntityStream(), max));
    }
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

    /** Readers wrap what they don't know; an exception of the stream's own gets through. */
    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException(Problem.tooLarge());
      }
    }
  }
}
