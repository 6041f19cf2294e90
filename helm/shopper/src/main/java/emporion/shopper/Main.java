package emporion.shopper;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Exits with 0 where all was as promised, with 1 where it was not, with 2 where it was misused. */
public final class Main {
  private static final String USAGE =
      """
      Usage: shopper                     one customer who orders, is declined and calls off
             shopper crowd SECONDS SIZE  a crowd that shops that long, or until SIGTERM, and checks what became of it
      """;

  private Main() {}

  /** Reads the environment, see the package, and at most three arguments. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      System.exit(new Tour(shop(), System.out).take() ? 0 : 1);
    } else if (arguments.length == 3 && arguments[0].equals("crowd")) {
      var crowd = new Crowd(shop(), Integer.parseInt(arguments[2]), System.out);
      Runtime.getRuntime().addShutdownHook(new Thread(crowd::leave));
      System.exit(crowd.shop(Duration.ofSeconds(Long.parseLong(arguments[1]))) ? 0 : 1);
    } else {
      fail(System.err, USAGE);
    }
  }

  private static Shop shop() throws IOException, GeneralSecurityException {
    var authorities = System.getenv("EMPORION_TLS_CA");
    return new Shop(
        URI.create(setting("SHOP")),
        authorities == null ? SSLContext.getDefault() : Authorities.of(Path.of(authorities)),
        setting("ADMIN_USERNAME"),
        setting("ADMIN_PASSWORD"));
  }

  private static String setting(String name) {
    return Optional.ofNullable(System.getenv(name))
        .filter(value -> !value.isBlank())
        .orElseGet(() -> fail(System.err, name + " is not set.\n" + USAGE));
  }

  private static String fail(PrintStream to, String words) {
    to.println(words);
    System.exit(2);
    return words;
  }
}
