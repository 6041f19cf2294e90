package emporion.chassis.helidon;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import java.util.Set;

/**
 * Makes {@code stork://} a URL, as which the REST client's builder takes each address; nothing is
 * ever opened by it.
 */
public class StorkAddresses extends URLStreamHandlerProvider {
  private static final Set<String> SCHEMES = Set.of("stork", "storks");

  @Override
  public URLStreamHandler createURLStreamHandler(String scheme) {
    return SCHEMES.contains(scheme) ? new Several() : null;
  }

  private static final class Several extends URLStreamHandler {
    /** The default takes what follows the first colon for a port. */
    @Override
    protected void parseURL(URL url, String text, int start, int limit) {
      var rest = text.substring(start, limit);
      int path = rest.indexOf('/', 2);
      var authority = path < 0 ? rest.substring(2) : rest.substring(2, path);
      setURL(
          url,
          url.getProtocol(),
          authority,
          -1,
          authority,
          null,
          path < 0 ? "" : rest.substring(path),
          null,
          null);
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException(url + " is only a name");
    }
  }
}
