package emporion.payment.refunds.boundary;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import emporion.chassis.text.Text;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A line of 1 to 200 characters for people. */
@Target({FIELD, METHOD, PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RefundReason.Line.class)
public @interface RefundReason {
  String message() default "must be one line of 1 to 200 characters";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Knows what people can read. */
  class Line implements ConstraintValidator<RefundReason, String> {
    private static final int LONGEST = 200;

    @Override
    public boolean isValid(String value, ConstraintValidatorContext context) {
      return value == null || Text.lineProblem(value, LONGEST).isEmpty();
    }
  }
}
