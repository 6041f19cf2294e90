package emporion.chassis.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** The platform's one way to write records as JSON and to read them back. */
public final class Json {
  private static final int MAX_DEPTH = 50;

  /** More of a name that a client made up is not repeated to it. */
  private static final int LONGEST_NAME = 64;

  /** Refuses what it does not know: for what clients send. */
  private static final ObjectMapper STRICT =
      strict().registerModule(new SimpleModule().addDeserializer(String.class, new WholeText()));

  /** Passes over what it does not know: for what neighbours and events say. */
  private static final ObjectMapper LENIENT =
      strict().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Json() {}

  private static ObjectMapper strict() {
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    var mapper =
        JsonMapper.builder(factory)
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    // an empty or blank text in the place of a number or the like would pass for null otherwise
    mapper
        .coercionConfigDefaults()
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
        .setAcceptBlankAsEmpty(false);
    mapper.configure(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION, false);
    return mapper;
  }

  /** The value as JSON text. */
  public static String write(Object value) {
    try {
      return LENIENT.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Can't be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * The value that JSON text from inside the platform says; members that the type does not know are
   * passed over, so that a newer sender does no harm.
   *
   * @throws IllegalArgumentException where the text is no such value
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return LENIENT.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a " + type.getSimpleName(), e);
    }
  }

  /** The value as JSON in UTF-8. */
  public static byte[] bytes(Object value) throws IOException {
    return LENIENT.writeValueAsBytes(value);
  }

  /** What a neighbour's answer says; members that the type does not know are passed over. */
  public static <T> T read(InputStream in, Class<T> type) throws IOException {
    return LENIENT.readValue(in, type);
  }

  /**
   * The value that a stranger's JSON says. Unknown and doubled members, wrong types, numbers out of
   * range, NUL and half characters are refused, and so is what a record's constructor refuses: its
   * exception is the cause.
   *
   * @return null for the JSON null
   */
  public static <T> T parse(byte[] json, Class<T> type) throws Malformed, IOException {
    try {
      return STRICT.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  private static Malformed malformed(JsonProcessingException e) {
    return switch (e) {
      case ValueInstantiationException v ->
          new Malformed(pointer(v.getPath()), "has a value that is refused", v.getCause());
      case InvalidFormatException f when f.getTargetType() == String.class ->
          new Malformed(pointer(f.getPath()), "must not hold NUL or half of a character");
      case UnrecognizedPropertyException unknown ->
          new Malformed(pointer(unknown.getPath()), "is not a known field");
      case JsonMappingException m when m.getCause() instanceof StreamConstraintsException ->
          new Malformed(pointer(m.getPath()), "is nested too deeply or too long");
      case JsonMappingException m when m.getCause() instanceof JsonParseException p ->
          new Malformed(pointer(m.getPath()), "is not valid JSON" + where(p));
      case JsonMappingException m when m.getPath().isEmpty() ->
          new Malformed("", "must be a JSON object");
      case JsonMappingException m ->
          new Malformed(pointer(m.getPath()), "has the wrong type or is out of range");
      case StreamConstraintsException c -> new Malformed("", "is nested too deeply or too long");
      default -> new Malformed("", "is not valid JSON" + where(e));
    };
  }

  private static String where(JsonProcessingException e) {
    var at = e.getLocation();
    return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  private static String pointer(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(
            step ->
                step.getIndex() >= 0 ? "/" + step.getIndex() : "/" + escape(step.getFieldName()))
        .collect(Collectors.joining());
  }

  private static String escape(String name) {
    var bounded = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return bounded.replace("~", "~0").replace("/", "~1");
  }
}
