package emporion.chassis.text;

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
import java.util.Optional;

/**
 * Words of people in a request. They are read into the form in which {@link Text} is kept, and
 * refused where people could not read them or where they hold a card number.
 */
@NoCardNumber
@Target({FIELD, METHOD, PARAMETER})
@Retention(RUNTIME)
@Constraint(validatedBy = FreeText.Readable.class)
public @interface FreeText {
  /** Code points. */
  int max();

  /** Whether there may be several lines, or none, and not just one. */
  boolean lines() default false;

  String message() default "must be readable";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Knows what people can read. */
  class Readable implements ConstraintValidator<FreeText, String> {
    private FreeText kind;

    @Override
    public void initialize(FreeText constraint) {
      kind = constraint;
    }

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
      var problem = text == null ? Optional.<String>empty() : problem(text);
      problem.ifPresent(
          detail -> {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(detail).addConstraintViolation();
          });
      return problem.isEmpty();
    }

    private Optional<String> problem(String text) {
      return kind.lines()
          ? Text.linesProblem(text, kind.max())
          : Text.lineProblem(text, kind.max());
    }
  }
}
