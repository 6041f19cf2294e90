package emporion.chassis.json;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Locale;

/** The one validator of a process; its messages are English whatever the machine's locale is. */
@ApplicationScoped
public class Constraints {
  private final ValidatorFactory factory = english();

  private static ValidatorFactory english() {
    var configuration = Validation.byDefaultProvider().configure();
    var messages = configuration.getDefaultMessageInterpolator();
    return configuration
        .messageInterpolator(
            new jakarta.validation.MessageInterpolator() {
              @Override
              public String interpolate(String template, Context context) {
                return messages.interpolate(template, context, Locale.ENGLISH);
              }

              @Override
              public String interpolate(String template, Context context, Locale locale) {
                return interpolate(template, context);
              }
            })
        .buildValidatorFactory();
  }

  Validator validator() {
    return factory.getValidator();
  }

  @PreDestroy
  void close() {
    factory.close();
  }
}
