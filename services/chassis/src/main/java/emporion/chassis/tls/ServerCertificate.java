package emporion.chassis.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What this process proves itself by to its clients.
 *
 * @param chain in PEM, its own certificate first
 * @param key in PEM (PKCS #8), not encrypted
 */
public record ServerCertificate(Path chain, Path key) {
  private static final String CHAIN = "emporion.tls.certificate";
  private static final String KEY = "emporion.tls.key";

  /**
   * That of the process, which its system properties or environment name; empty where it serves
   * without encryption.
   *
   * @throws IllegalArgumentException where one is set and the other isn't, or can't be read
   */
  public static Optional<ServerCertificate> ofProcess() {
    var chain = file(CHAIN);
    var key = file(KEY);
    if (chain.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("Set both " + CHAIN + " and " + KEY + ", or none of them");
    }
    return chain.map(path -> new ServerCertificate(path, key.orElseThrow()));
  }

  private static Optional<Path> file(String setting) {
    var variable = setting.toUpperCase(Locale.ROOT).replace('.', '_');
    var path =
        Optional.ofNullable(System.getProperty(setting))
            .or(() -> Optional.ofNullable(System.getenv(variable)))
            .filter(text -> !text.isBlank())
            .map(Path::of);
    if (path.isPresent() && !Files.isReadable(path.get())) {
      throw new IllegalArgumentException(setting + ": " + path.get() + " can't be read");
    }
    return path;
  }
}
