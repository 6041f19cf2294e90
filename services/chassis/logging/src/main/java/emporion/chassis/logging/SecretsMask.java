package emporion.chassis.logging;

import com.fasterxml.jackson.core.JsonStreamContext;
import net.logstash.logback.mask.ValueMasker;

/** Has the encoder of log lines leave out {@link Secrets}, wherever in a line they stand. */
public final class SecretsMask implements ValueMasker {
  /** Null where it may stand as it is. */
  @Override
  public Object mask(JsonStreamContext context, Object value) {
    if (value instanceof CharSequence text) {
      var whole = text.toString();
      var masked = Secrets.masked(whole);
      return masked.equals(whole) ? null : masked;
    }
    return null;
  }
}
