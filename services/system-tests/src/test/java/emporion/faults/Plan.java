package emporion.faults;

import java.time.Duration;
import java.util.Map;

/**
 * What a run does.
 *
 * @param time of shopping at most
 * @param orders after which it ends sooner
 * @param seed of all dice; the same seed throws the same faults, though not at the same moments
 * @param products half of them scarce
 * @param rush how many want the last unit of something at once, before anything is broken
 * @param database {@code h2} or {@code postgres}, on which a second order-service runs too, with a
 *     clock that is an hour ahead
 * @param broker {@code embedded} or {@code rabbitmq}
 * @param mutation a rule that is taken out of the services, so that the checker has to find
 *     something; null for none
 */
record Plan(
    Duration time,
    int orders,
    long seed,
    int shoppers,
    int products,
    int rush,
    Faults faults,
    String database,
    String broker,
    Mutation mutation) {

  /** What is broken. */
  enum Faults {
    /** Nothing: then no request may fail but by stock-out or decline. */
    OFF,
    /** Each kind once, in the order that the dice say, and no more. */
    ONCE,
    /** Each kind once, then what the dice say. */
    ON,
    /** Only what each {@link Mutation} is there for, again and again. */
    PROVOKED;

    /** Whether all that can go wrong does. */
    boolean rage() {
      return this == ONCE || this == ON;
    }
  }

  /** {@code services/system-tests/faults} says what the arguments are, and has looked at them. */
  static Plan of(Map<String, String> given) {
    return new Plan(
        Duration.ofMinutes(number(given, "--minutes", 30)),
        number(given, "--orders", Integer.MAX_VALUE),
        Long.parseLong(given.getOrDefault("--seed", Long.toString(System.nanoTime()))),
        number(given, "--shoppers", 8),
        number(given, "--products", 50),
        number(given, "--rush", 200),
        Faults.valueOf(given.getOrDefault("--faults", "on").toUpperCase()),
        given.getOrDefault("--database", "h2"),
        given.getOrDefault("--broker", "embedded"),
        null);
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    return given.containsKey(name) ? Integer.parseInt(given.get(name)) : otherwise;
  }

  /** A minute of what a rule is there for, with the rule or without it. */
  Plan provoking(Mutation rule) {
    return new Plan(
        Duration.ofMinutes(1),
        orders,
        seed,
        shoppers,
        products,
        0,
        Faults.PROVOKED,
        database,
        broker,
        rule);
  }

  /** Shopping alone, on these. */
  Plan with(String otherDatabase, String otherBroker) {
    return new Plan(
        time, orders, seed, shoppers, products, 0, Faults.OFF, otherDatabase, otherBroker, null);
  }

  boolean onPostgres() {
    return database.equals("postgres");
  }
}
