package emporion.order.ordering.boundary;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A token of the payment provider, in place of a card; at most 64 characters. As many digits in a
 * row as a card number has (ISO/IEC 7812-1: 13 and more) stand in no token.
 */
@Pattern(
    regexp = "tok_(?!.*(?:[0-9]_*){13})[A-Za-z0-9_]{1,60}",
    message = "must be a token of the payment provider, never a card number")
@Target({FIELD, METHOD, PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
public @interface PaymentToken {
  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
