package emporion.user.signin.boundary;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a request came from, as the gateway says it in {@code X-Real-IP}. */
final class Origin {
  /** Past the gateway all look like one. */
  private static final String UNKNOWN = "unknown";

  private static final int NETWORK_BYTES = 8;

  private Origin() {}

  /** The address in its canonical form; of IPv6 the /64, in which one household changes freely. */
  static String of(HttpHeaders headers) {
    var header = headers.getHeaderString("X-Real-IP");
    if (header == null) {
      return UNKNOWN;
    }
    try {
      var address = InetAddress.ofLiteral(header.strip());
      return address instanceof Inet6Address ? network(address) : address.getHostAddress();
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private static String network(InetAddress address) {
    try {
      var bytes = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 16);
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address of IPv6 has 16 bytes", e);
    }
  }
}
