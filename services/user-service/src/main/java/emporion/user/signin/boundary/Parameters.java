package emporion.user.signin.boundary;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client has sent in its form (RFC 6749, section 3.2): each parameter once, and one without
 * a value counts as left out.
 */
final class Parameters {
  private static final int MAX_LENGTH = 2_048;

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads a form.
   *
   * @param form null where there was no body
   * @throws OAuthError invalid_request for what is repeated or too long
   */
  Parameters(MultivaluedMap<String, String> form) {
    if (form != null) {
      form.forEach(this::read);
    }
  }

  private void read(String name, List<String> sent) {
    var value = sent.getFirst();
    if (sent.size() > 1 || value != null && value.length() > MAX_LENGTH) {
      throw OAuthError.invalidRequest("A parameter is repeated or too long.");
    }
    if (value != null && !value.isEmpty()) {
      values.put(name, value);
    }
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A parameter that has to be there; otherwise invalid_request with these words. */
  String demand(String name, String otherwise) {
    return get(name).orElseThrow(() -> OAuthError.invalidRequest(otherwise));
  }
}
