package emporion.chassis.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Private keys in PEM, as PKCS #8 and in the elder forms that openssl and cert-manager write. */
final class PrivateKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([^-]+)-----END");
  private static final byte[] VERSION = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private PrivateKeys() {}

  /** The first one of a text, which has to be the one of a certificate. */
  static PrivateKey read(String pem, PublicKey certified) throws GeneralSecurityException {
    var block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException("there is no private key that is not encrypted");
    }
    var der = Base64.getMimeDecoder().decode(block.group(2));
    var pkcs8 = block.group(1).isEmpty() ? der : pkcs8(der, certified);
    var key =
        KeyFactory.getInstance(certified.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    demandPair(key, certified);
    return key;
  }

  /**
   * What PKCS #8 (RFC 5958) makes of the elder forms of RSA (RFC 8017) and EC (RFC 5915): the same
   * behind the algorithm, which the certificate names.
   */
  private static byte[] pkcs8(byte[] key, PublicKey certified) {
    return element(SEQUENCE, VERSION, algorithm(certified), element(OCTETS, key));
  }

  /** The first element of a SubjectPublicKeyInfo (RFC 5280, section 4.1). */
  private static byte[] algorithm(PublicKey certified) {
    var info = ByteBuffer.wrap(certified.getEncoded());
    info.get();
    length(info);
    int start = info.position();
    info.get();
    var algorithm = new byte[length(info) + info.position() - start];
    info.get(start, algorithm);
    return algorithm;
  }

  private static int length(ByteBuffer der) {
    int first = der.get() & 0xff;
    int length = first < 0x80 ? first : 0;
    for (int i = 0x80; i < first; i++) {
      length = length << 8 | der.get() & 0xff;
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      element.write(0x82);
      element.write(length >> 8);
    } else if (length >= 0x80) {
      element.write(0x81);
    }
    element.write(length);
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  private static void demandPair(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    var signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(certified.getEncoded());
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(certified.getEncoded());
    if (!verifier.verify(signer.sign())) {
      throw new GeneralSecurityException("the key is not the one of the certificate");
    }
  }
}
