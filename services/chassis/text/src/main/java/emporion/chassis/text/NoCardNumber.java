package emporion.chassis.text;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Text in a request that holds no card number: none is ever stored (PCI DSS, requirement 3), so the
 * request is refused as {@code card-number-refused}. Each {@link FreeText} is such a text. What
 * products and people are called is not: of bar codes and telephone numbers, which look alike, one
 * in ten has a valid check digit.
 */
@Target({FIELD, METHOD, PARAMETER, ANNOTATION_TYPE})
@Retention(RUNTIME)
@Constraint(validatedBy = NoCardNumber.Searcher.class)
public @interface NoCardNumber {
  String message() default "must not hold a card number";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Finds {@link CardNumbers}. */
  class Searcher implements ConstraintValidator<NoCardNumber, String> {
    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
      return text == null || !CardNumbers.in(text);
    }
  }
}
