package emporion.user.adapter;

import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Argon2id (RFC 9106); the defaults of {@code emporion.argon2} are 19 MiB, two passes and one lane,
 * the second choice of OWASP's password storage guide. Each computation holds its memory, so only
 * two run at a time and the others wait; the memory is used again, because as garbage it would cost
 * more than the computation.
 */
@ApplicationScoped
public class Passwords {
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_A_TIME = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  /** The string format of the Password Hashing Competition. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final SecureRandom random = new SecureRandom();
  private final BlockingQueue<FixedBlockPool> places = new ArrayBlockingQueue<>(AT_A_TIME);
  private Cost cost;
  private String nobodys;

  Passwords() {}

  @Inject
  Passwords(
      @ConfigProperty(name = "emporion.argon2.memory-kib") int kibibytes,
      @ConfigProperty(name = "emporion.argon2.passes") int passes,
      @ConfigProperty(name = "emporion.argon2.lanes") int lanes) {
    cost = new Cost(kibibytes, passes, lanes);
    nobodys = new Hash(cost, bytes(SALT_BYTES), bytes(HASH_BYTES)).text();
    for (int i = 0; i < AT_A_TIME; i++) {
      places.add(new FixedBlockPool(Argon2BytesGenerator.getBlockCount(kibibytes, lanes)));
    }
  }

  /**
   * The form in which passwords are compared and hashed, NFKC (NIST SP 800-63B, section 5.1.1.2):
   * one keyboard writes {@code é} as one character, another as two.
   */
  public static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  /**
   * A salted hash in PHC string format; about 40 ms of CPU.
   *
   * @throws Problem 503 while too many wait
   */
  public String hash(String password) {
    var salt = bytes(SALT_BYTES);
    return new Hash(cost, salt, compute(normal(password), cost, salt, HASH_BYTES)).text();
  }

  /**
   * Whether the password is the one behind the hash, which may have been made of the password as it
   * was typed: before there was a normal form. Takes as long whichever it was.
   *
   * @throws Problem 503 while too many wait
   */
  public Verdict check(String password, String hash) {
    var known = Hash.parse(hash);
    var normal = normal(password);
    if (known.matches(compute(normal, known.cost, known.salt, known.value.length))) {
      return known.cost.equals(cost) ? Verdict.RIGHT : Verdict.OUTDATED;
    }
    return !normal.equals(password)
            && known.matches(compute(password, known.cost, known.salt, known.value.length))
        ? Verdict.OUTDATED
        : Verdict.WRONG;
  }

  /** Takes as long as {@link #check}, so that a name which does not exist is not betrayed. */
  public void checkNobodys(String password) {
    check(password, nobodys);
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] compute(String password, Cost cost, byte[] salt, int bytes) {
    var memory = enter();
    try {
      var argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withMemoryAsKB(cost.kibibytes)
              .withIterations(cost.passes)
              .withParallelism(cost.lanes)
              .withSalt(salt)
              .withBlockPool(memory)
              .build());
      var computed = new byte[bytes];
      argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), computed);
      return computed;
    } finally {
      places.add(memory);
    }
  }

  private FixedBlockPool enter() {
    try {
      var place = places.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (place == null) {
        throw Problem.unavailable("Too many sign-ins at once.", PATIENCE);
      }
      return place;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("The service is stopping.", PATIENCE);
    }
  }

  /** What is said of a password that somebody gives. */
  public enum Verdict {
    WRONG,
    RIGHT,
    /** Right, and to be hashed again: by other parameters, or not in its {@link #normal} form. */
    OUTDATED
  }

  private record Cost(int kibibytes, int passes, int lanes) {}

  private record Hash(Cost cost, byte[] salt, byte[] value) {
    static Hash parse(String text) {
      var found = FORMAT.matcher(text);
      if (!found.matches()) {
        throw new IllegalStateException("A stored hash is none of Argon2id");
      }
      var cost =
          new Cost(
              Integer.parseInt(found.group(1)),
              Integer.parseInt(found.group(2)),
              Integer.parseInt(found.group(3)));
      var decoder = Base64.getDecoder();
      return new Hash(cost, decoder.decode(found.group(4)), decoder.decode(found.group(5)));
    }

    boolean matches(byte[] computed) {
      return MessageDigest.isEqual(value, computed);
    }

    String text() {
      return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(
              cost.kibibytes,
              cost.passes,
              cost.lanes,
              ENCODER.encodeToString(salt),
              ENCODER.encodeToString(value));
    }
  }
}
