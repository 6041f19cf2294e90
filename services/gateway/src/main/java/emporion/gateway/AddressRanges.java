package emporion.gateway;

import java.net.InetAddress;
import java.util.List;

/** A list of networks, each an address, or an address and the length of its prefix (RFC 4632). */
final class AddressRanges {
  private final List<Range> ranges;

  private record Range(byte[] prefix, int bits) {
    static Range of(String text) {
      int slash = text.indexOf('/');
      var prefix = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int most = prefix.length * Byte.SIZE;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("Not a network: " + text);
      }
      return new Range(prefix, bits);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int i = 0; i < bits; i += Byte.SIZE) {
        int mask = bits - i < Byte.SIZE ? 0xff << Byte.SIZE - (bits - i) : 0xff;
        if (((address[i / Byte.SIZE] ^ prefix[i / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The networks that the texts name.
   *
   * @throws IllegalArgumentException where one is no literal address or network
   */
  AddressRanges(List<String> texts) {
    ranges = texts.stream().map(Range::of).toList();
  }

  boolean contains(InetAddress address) {
    if (ranges.isEmpty()) {
      return false;
    }
    var bytes = address.getAddress();
    return ranges.stream().anyMatch(range -> range.contains(bytes));
  }
}
