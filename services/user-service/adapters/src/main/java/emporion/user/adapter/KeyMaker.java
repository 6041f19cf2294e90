package emporion.user.adapter;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes key pairs for RS256, named by their thumbprint (RFC 7638). */
@ApplicationScoped
public class KeyMaker {
  private static final int KEY_BITS = 2_048;

  /** A new key pair; takes up to a second of CPU. */
  public SigningKey make() {
    try {
      var key =
          new RSAKeyGenerator(KEY_BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      return new SigningKey(key.getKeyID(), key.toJSONString());
    } catch (JOSEException e) {
      throw new IllegalStateException("No key could be made", e);
    }
  }
}
