package emporion.payment.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves who sent a message, and when: {@code t=<Unix seconds>,v1=<hex>}, where the digits are the
 * HMAC-SHA256 (RFC 2104) of the seconds, a dot and the body.
 */
final class Signature {
  static final String HEADER = "Sandbox-Signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");

  private final SecretKeySpec secret;

  Signature(String secret) {
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The header of a message that is sent now. */
  String of(byte[] body, Instant now) {
    var seconds = Long.toString(now.getEpochSecond());
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac(seconds, body));
  }

  /** Whether the header belongs to this body and is not older, or newer, than the tolerance. */
  boolean proves(String header, byte[] body, Instant now, Duration tolerance) {
    var parts = FORM.matcher(header == null ? "" : header);
    if (!parts.matches()) {
      return false;
    }
    var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(parts.group(1))), now).abs();
    var claimed = HexFormat.of().parseHex(parts.group(2));
    return MessageDigest.isEqual(claimed, mac(parts.group(1), body))
        && age.compareTo(tolerance) <= 0;
  }

  private byte[] mac(String seconds, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }
}
