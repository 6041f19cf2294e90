package emporion.chassis.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms in which a key may stand in a file. */
class PrivateKeysTest {
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  @Test
  void allAlgorithmsInTheUsualForm() throws Exception {
    for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
      var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
      var pem = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
      assertEquals(pair.getPrivate(), PrivateKeys.read(pem, pair.getPublic()));
    }
  }

  /** As {@code openssl ecparam} writes them, and cert-manager where nothing else is said. */
  @Test
  void theElderForms() throws Exception {
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertEquals(rsa.getPrivate(), PrivateKeys.read(elder("RSA", rsa), rsa.getPublic()));
    var ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var parameters = pem("EC PARAMETERS", new byte[] {6, 1, 0});
    assertEquals(ec.getPrivate(), PrivateKeys.read(parameters + elder("EC", ec), ec.getPublic()));
  }

  @Test
  void whatIsNoKeyOfTheCertificateIsRefused() throws Exception {
    var one = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var other = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (var pem :
        List.of(
            "",
            pem("PRIVATE KEY", other.getPrivate().getEncoded()),
            pem("PRIVATE KEY", rsa.getPrivate().getEncoded()),
            elder("RSA", rsa),
            pem("PRIVATE KEY", new byte[] {1, 2, 3}),
            pem("ENCRYPTED PRIVATE KEY", one.getPrivate().getEncoded()),
            pem("CERTIFICATE", one.getPrivate().getEncoded()))) {
      assertThrows(
          GeneralSecurityException.class, () -> PrivateKeys.read(pem, one.getPublic()), pem);
    }
  }

  /** What PKCS #8 wraps, behind the version and the algorithm. */
  private static String elder(String algorithm, KeyPair pair) {
    var wrapped = pair.getPrivate().getEncoded();
    int named = content(wrapped, 0) + 3;
    int octets = content(wrapped, named) + wrapped[named + 1];
    var inner = Arrays.copyOfRange(wrapped, content(wrapped, octets), wrapped.length);
    return pem(algorithm + " PRIVATE KEY", inner);
  }

  /** Where an element's content begins. */
  private static int content(byte[] der, int element) {
    int length = der[element + 1];
    return element + 2 + (length < 0 ? length & 0x7f : 0);
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, BASE64.encodeToString(der), what);
  }
}
