package emporion.local;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Where the data is, through what the events go, and whether metrics and traces are kept. */
record Choice(String database, String broker, String observe) {
  static final Choice EMBEDDED = new Choice("h2", "embedded", "off");

  private static final List<String> DATABASES = List.of("h2", "postgres");
  private static final List<String> BROKERS = List.of("embedded", "rabbitmq");
  private static final List<String> OBSERVE = List.of("on", "off");

  /** What is asked for now, else what this data was last used with, else what is embedded. */
  static Choice of(Local local, Map<String, String> flags) {
    var before = before(local.place());
    var choice =
        new Choice(
            first(
                flags.get("--database"), local.settings().text("LOCAL_DATABASE"), before.database),
            first(flags.get("--broker"), local.settings().text("LOCAL_BROKER"), before.broker),
            first(flags.get("--observe"), local.settings().text("LOCAL_OBSERVE"), before.observe));
    check("LOCAL_DATABASE", DATABASES, choice.database);
    check("LOCAL_BROKER", BROKERS, choice.broker);
    check("LOCAL_OBSERVE", OBSERVE, choice.observe);
    if (!choice.equals(before) && local.runs()) {
      throw new Failure(
          "Emporion runs with --database %s --broker %s --observe=%s: stop it with %s before it can run otherwise."
              .formatted(before.database, before.broker, before.observe, local.command("down")));
    }
    Folders.write(
        local.place().data().resolve("chosen"),
        String.join(" ", choice.database, choice.broker, choice.observe) + "\n");
    return choice;
  }

  /** What this data was last used with. */
  static Choice before(Place place) {
    var file = place.data().resolve("chosen");
    if (!Files.exists(file)) {
      return EMBEDDED;
    }
    var words = Folders.read(file).strip().split(" ");
    return new Choice(words[0], words[1], words.length > 2 ? words[2] : EMBEDDED.observe);
  }

  private static String first(String flag, String setting, String before) {
    if (flag != null) {
      return flag;
    }
    return setting.isEmpty() ? before : setting;
  }

  private static void check(String what, List<String> known, String chosen) {
    if (!known.contains(chosen)) {
      throw new Failure(
          "%s can be %s, not %s.".formatted(what, String.join(" or ", known), chosen));
    }
  }

  boolean onPostgres() {
    return database.equals("postgres");
  }

  boolean onRabbitMq() {
    return broker.equals("rabbitmq");
  }

  boolean observed() {
    return observe.equals("on");
  }
}
