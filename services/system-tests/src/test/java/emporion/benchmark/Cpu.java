package emporion.benchmark;

/** Processor time in microseconds. */
record Cpu(double user, double system) {
  static final Cpu NONE = new Cpu(0, 0);

  /** What {@code /proc/PID/stat} counts in, on each machine that Java 25 runs on (USER_HZ). */
  private static final double MICROS_A_TICK = 10_000;

  private static final int STATE = 2;
  private static final int USER = 13;
  private static final int SYSTEM = 14;
  private static final int ENDED_USER = 15;
  private static final int ENDED_SYSTEM = 16;

  /** Of a process and of its children that have ended, from its {@code stat} (proc(5)). */
  static Cpu of(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return new Cpu(
        MICROS_A_TICK * (number(fields, USER) + number(fields, ENDED_USER)),
        MICROS_A_TICK * (number(fields, SYSTEM) + number(fields, ENDED_SYSTEM)));
  }

  private static long number(String[] fields, int place) {
    return Long.parseLong(fields[place - STATE]);
  }

  double all() {
    return user + system;
  }

  Cpu plus(Cpu other) {
    return new Cpu(user + other.user, system + other.system);
  }

  Cpu minus(Cpu other) {
    return new Cpu(user - other.user, system - other.system);
  }

  Cpu by(double count) {
    return new Cpu(user / count, system / count);
  }
}
