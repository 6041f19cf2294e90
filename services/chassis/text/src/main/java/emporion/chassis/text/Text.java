package emporion.chassis.text;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form in which text of people is kept: composed (NFC), with nothing at its ends that nobody
 * sees. {@link Folding} tells which texts are the same but for case, accents and spelling.
 */
public final class Text {
  private static final String WHITE = "\\p{IsWhite_Space}";

  /**
   * Code points that show nothing: zero width spaces and joiners, marks of direction, the soft
   * hyphen, fillers, the blank Braille pattern. Not the selectors and tags that end an emoji.
   */
  private static final String HIDDEN =
      "\\x{AD}\\x{34F}\\x{61C}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}"
          + "\\x{200B}-\\x{200F}\\x{2060}-\\x{2065}\\x{206A}-\\x{206F}\\x{2800}\\x{3164}\\x{FEFF}"
          + "\\x{FFA0}\\x{FFF0}-\\x{FFFB}\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}";

  /** Variation selectors and tags. */
  private static final String SELECTORS = "\\x{FE00}-\\x{FE0F}\\x{E0000}-\\x{E0FFF}";

  /** Embeddings, overrides and isolates: they show a text in another order than it has. */
  private static final String TURNS = "\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}";

  private static final String BROKEN = "\\p{Cs}\\p{IsNoncharacter_Code_Point}" + TURNS;

  private static final Pattern EDGE = Pattern.compile("[" + WHITE + HIDDEN + "]");
  private static final Pattern START = Pattern.compile("^[" + WHITE + HIDDEN + "]++");
  private static final Pattern SPACES = Pattern.compile("[" + WHITE + "&&[^\\p{Cc}]]++");
  private static final Pattern VISIBLE =
      Pattern.compile("[^" + WHITE + HIDDEN + SELECTORS + TURNS + "\\p{M}\\p{Cc}\\p{Cs}]");
  private static final Pattern BAD_IN_LINE = Pattern.compile("[\\p{Cc}" + BROKEN + "]");
  private static final Pattern BAD_IN_LINES =
      Pattern.compile("[\\p{Cc}" + BROKEN + "&&[^\\t\\r\\n]]");

  private Text() {}

  /** One line, as names have it: inner runs of white space become one space. */
  public static String line(String text) {
    return SPACES.matcher(lines(text)).replaceAll(" ");
  }

  /** Text of any number of lines; what is inside stays. */
  public static String lines(String text) {
    var composed = START.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceFirst("");
    int end = composed.length();
    while (end > 0 && isEdge(composed.codePointBefore(end))) {
      end -= Character.charCount(composed.codePointBefore(end));
    }
    return composed.substring(0, end);
  }

  private static boolean isEdge(int codePoint) {
    return EDGE.matcher(Character.toString(codePoint)).matches();
  }

  /**
   * What keeps a text from being one visible line; it has been through {@link #line}.
   *
   * @param max code points
   */
  public static Optional<String> lineProblem(String line, int max) {
    if (length(line) > max || !VISIBLE.matcher(line).find()) {
      return Optional.of("must be one line of 1 to " + max + " characters");
    }
    return BAD_IN_LINE.matcher(line).find()
        ? Optional.of("must have no control characters, half characters or overrides of direction")
        : Optional.empty();
  }

  /**
   * What keeps a text from being lines of readable text; it has been through {@link #lines} and may
   * be empty.
   *
   * @param max code points
   */
  public static Optional<String> linesProblem(String lines, int max) {
    boolean unseen = !lines.isEmpty() && !VISIBLE.matcher(lines).find();
    return unseen || length(lines) > max || BAD_IN_LINES.matcher(lines).find()
        ? Optional.of("must be readable text of at most " + max + " characters")
        : Optional.empty();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
