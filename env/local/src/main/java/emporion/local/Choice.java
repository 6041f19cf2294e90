package emporion.local;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Where the data is, and through what the events go. */
record Choice(String database, String broker) {
  static final Choice EMBEDDED = new Choice("h2", "embedded");

  private static final List<String> DATABASES = List.of("h2", "postgres");
  private static final List<String> BROKERS = List.of("embedded", "rabbitmq");

  /** What is asked for now, else what this data was last used with, else what is embedded. */
  static Choice of(Local local, Map<String, String> flags) {
    var before = before(local.place());
    var choice =
        new Choice(
            first(
                flags.get("--database"), local.settings().text("LOCAL_DATABASE"), before.database),
            first(flags.get("--broker"), local.settings().text("LOCAL_BROKER"), before.broker));
    check("database", DATABASES, choice.database);
    check("broker", BROKERS, choice.broker);
    if (!choice.equals(before) && local.runs()) {
      throw new Failure(
          "Emporion runs with the database %s and the broker %s: stop it with %s before it can run with others."
              .formatted(before.database, before.broker, local.command("down")));
    }
    Folders.write(
        local.place().data().resolve("chosen"), choice.database + " " + choice.broker + "\n");
    return choice;
  }

  private static Choice before(Place place) {
    var file = place.data().resolve("chosen");
    if (!Files.exists(file)) {
      return EMBEDDED;
    }
    var words = Folders.read(file).strip().split(" ");
    return new Choice(words[0], words[1]);
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
          "The %s can be %s, not %s.".formatted(what, String.join(" or ", known), chosen));
    }
  }

  boolean onPostgres() {
    return database.equals("postgres");
  }

  boolean onRabbitMq() {
    return broker.equals("rabbitmq");
  }
}
