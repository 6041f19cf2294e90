package emporion.chassis.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import emporion.chassis.text.FreeText;
import emporion.chassis.text.Text;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Text without NUL, which PostgreSQL can't store, and half characters, which UTF-8 has not; words
 * of people in the form in which they are kept.
 */
final class WholeText extends StdScalarDeserializer<String> implements ContextualDeserializer {
  private static final long serialVersionUID = 1L;
  private static final Pattern BROKEN = Pattern.compile("[\\x00\\p{Cs}]");

  private final Form form;

  WholeText() {
    this(Form.AS_IT_IS);
  }

  private WholeText(Form form) {
    super(String.class);
    this.form = form;
  }

  @Override
  public JsonDeserializer<?> createContextual(
      DeserializationContext context, BeanProperty property) {
    var free = property == null ? null : property.getAnnotation(FreeText.class);
    return free == null ? this : new WholeText(free.lines() ? Form.LINES : Form.LINE);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    var text = StringDeserializer.instance.deserialize(parser, context);
    if (text == null) {
      return null;
    }
    if (BROKEN.matcher(text).find()) {
      throw context.weirdStringException(text, String.class, "broken");
    }
    return switch (form) {
      case AS_IT_IS -> text;
      case LINE -> Text.line(text);
      case LINES -> Text.lines(text);
    };
  }

  private enum Form {
    AS_IT_IS,
    LINE,
    LINES
  }
}
