package emporion.chassis.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import java.util.regex.Pattern;

/** Text without NUL, which PostgreSQL can't store, and half characters, which UTF-8 has not. */
final class WholeText extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;
  private static final Pattern BROKEN = Pattern.compile("[\\x00\\p{Cs}]");

  WholeText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    var text = StringDeserializer.instance.deserialize(parser, context);
    if (text != null && BROKEN.matcher(text).find()) {
      throw context.weirdStringException(text, String.class, "broken");
    }
    return text;
  }
}
