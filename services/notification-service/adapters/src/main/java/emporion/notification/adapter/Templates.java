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
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The Mustache templates in the class path's folder {@code mail}. Every value becomes one line
 * without control characters and, in HTML, harmless text, whatever a template's author forgets: a
 * value can't end a header, add a paragraph or open a tag. A name that the model does not know is
 * an error, not a gap.
 */
@ApplicationScoped
public class Templates {
  /** Controls, line and paragraph separators, and marks that turn the direction of reading. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]+");

  private static final Mustache.Compiler PLAIN =
      Mustache.compiler()
          .withLoader(Templates::open)
          .withFormatter(value -> oneLine(value.toString()))
          .emptyStringIsFalse(true)
          .strictSections(true)
          .escapeHTML(false);

  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  /**
   * Fills a template.
   *
   * @param name the file's name in the folder; those that end in {@code .html} are escaped
   * @param model a record; its components are the template's names
   */
  public String render(String name, Record model) {
    return compiled.computeIfAbsent(name, Templates::compile).execute(model);
  }

  private static Template compile(String name) {
    return PLAIN.escapeHTML(name.endsWith(".html")).compile(open(name));
  }

  private static Reader open(String name) {
    try (var file = Templates.class.getResourceAsStream("/mail/" + name)) {
      if (file == null) {
        throw new IllegalArgumentException("No template " + name);
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
