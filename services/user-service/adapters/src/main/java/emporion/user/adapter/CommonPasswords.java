package emporion.user.adapter;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

/** The 30,000 most frequent passwords of public breaches, as zxcvbn ships them. */
@ApplicationScoped
public class CommonPasswords {
  /** Shorter ones are refused for their length. */
  private static final int SHORTEST = 8;

  private volatile Set<String> list;

  /** Whether it is among them, in lower case. */
  public boolean has(String password) {
    var held = list;
    if (held == null) {
      held = read();
      list = held;
    }
    return held.contains(password);
  }

  private static Set<String> read() {
    try {
      return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
          .filter(password -> password.length() >= SHORTEST)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("The list of common passwords can't be read", e);
    }
  }
}
