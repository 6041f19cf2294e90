package emporion.notification.adapter;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The Mustache templates in the class path's folder {@code mail}, in a folder for each language.
 * Every value becomes one line without control characters and, in HTML, harmless text, whatever a
 * template's author forgets: a value can't end a header, add a paragraph or open a tag. A name that
 * the model does not know is an error, not a gap.
 */
@ApplicationScoped
public class Templates {
  /** Controls, line and paragraph separators, and marks that turn the direction of reading. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]+");

  private final Map<String, Template> compiled = new ConcurrentHashMap<>();
  private final Map<String, Properties> words = new ConcurrentHashMap<>();

  /**
   * Fills a template.
   *
   * @param language the name of a folder
   * @param name the file's name in it; those that end in {@code .html} are escaped
   * @param model a record; its components are the template's names
   */
  public String render(String language, String name, Record model) {
    return compiled
        .computeIfAbsent(language + "/" + name, path -> compile(language, name))
        .execute(model);
  }

  /** What a language's {@code words.properties} has for a word of events. */
  public Optional<String> word(String language, String word) {
    var known = words.computeIfAbsent(language, Templates::words);
    return Optional.ofNullable(known.getProperty(word));
  }

  private static Template compile(String language, String name) {
    return Mustache.compiler()
        .withLoader(partial -> open(language, partial))
        .withFormatter(value -> oneLine(value.toString()))
        .emptyStringIsFalse(true)
        .strictSections(true)
        .escapeHTML(name.endsWith(".html"))
        .compile(open(language, name));
  }

  private static Properties words(String language) {
    try (var file = open(language, "words.properties")) {
      var words = new Properties();
      words.load(file);
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reader open(String language, String name) {
    var path = "/mail/" + language + "/" + name;
    try (var file = Templates.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalArgumentException("No template " + path);
      }
      return new StringReader(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String oneLine(String value) {
    return UNPRINTABLE.matcher(value).replaceAll(" ").strip();
  }
}
