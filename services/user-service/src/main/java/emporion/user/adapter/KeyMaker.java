package emporion.user.adapter;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import emporion.user.keys.entity.StoredKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes key pairs for RS256, named by their thumbprint (RFC 7638). */
@ApplicationScoped
public class KeyMaker {
  private static final int KEY_BITS = 2_048;

  /** A new key pair; takes up to a second of CPU. */
  public StoredKey make(Instant signsFrom) {
    try {
      var key =
          new RSAKeyGenerator(KEY_BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      return new StoredKey(key.getKeyID(), key.toJSONString(), now, signsFrom);
    } catch (JOSEException e) {
      throw new IllegalStateException("No key could be made", e);
    }
  }
}
