package emporion.chassis.telemetry;

/**
 * The field {@code traceparent} (Trace Context, section 3.2). Of a version above 00 the part that
 * is known is read, as section 4.3 asks for; what goes on is version 00.
 */
final class Traceparent {
  /** The caller may have recorded it. */
  static final int SAMPLED = 1;

  /** Level 2: the trace id is random, so that it can be sampled by. */
  private static final int RANDOM = 2;

  private static final int LENGTH = 55;
  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  private Traceparent() {}

  /** Whether it names a trace and a span; false for null. */
  static boolean isValid(String field) {
    return field != null
        && hasKnownForm(field)
        && isHex(field, 0, 2)
        && isId(field, TRACE, SPAN - 1)
        && isId(field, SPAN, FLAGS - 1)
        && isHex(field, FLAGS, LENGTH);
  }

  private static boolean hasKnownForm(String field) {
    return field.length() >= LENGTH
        && field.charAt(TRACE - 1) == '-'
        && field.charAt(SPAN - 1) == '-'
        && field.charAt(FLAGS - 1) == '-'
        && !field.startsWith("ff")
        && (field.length() == LENGTH || !field.startsWith("00") && field.charAt(LENGTH) == '-');
  }

  private static boolean isId(String field, int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (field.charAt(i) != '0') {
        return isHex(field, begin, end);
      }
    }
    return false;
  }

  private static boolean isHex(String field, int begin, int end) {
    for (int i = begin; i < end; i++) {
      char c = field.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static String traceId(String field) {
    return field.substring(TRACE, SPAN - 1);
  }

  static String spanId(String field) {
    return field.substring(SPAN, FLAGS - 1);
  }

  /** Those that are defined; of what a later version may add nothing is known. */
  static int flags(String field) {
    return defined(Character.digit(field.charAt(LENGTH - 1), 16));
  }

  static int defined(int flags) {
    return flags & (SAMPLED | RANDOM);
  }
}
