package emporion.chassis.body;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * The one validator of a process. Its messages are English whatever the machine's locale is, and
 * {@code @Size} counts a text's code points.
 */
@ApplicationScoped
public class Constraints {
  private final ValidatorFactory factory = english();

  private static ValidatorFactory english() {
    var configuration = Validation.byDefaultProvider().configure();
    var messages = configuration.getDefaultMessageInterpolator();
    try (var sizes = Constraints.class.getResourceAsStream("constraints.xml")) {
      return configuration
          .addMapping(sizes)
          .messageInterpolator(english(messages))
          .buildValidatorFactory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageInterpolator english(MessageInterpolator messages) {
    return new MessageInterpolator() {
      @Override
      public String interpolate(String template, Context context) {
        return messages.interpolate(template, context, Locale.ENGLISH);
      }

      @Override
      public String interpolate(String template, Context context, Locale locale) {
        return interpolate(template, context);
      }
    };
  }

  Validator validator() {
    return factory.getValidator();
  }

  @PreDestroy
  void close() {
    factory.close();
  }
}
