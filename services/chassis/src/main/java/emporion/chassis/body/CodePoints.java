package emporion.chassis.body;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;

/**
 * Counts a text's characters as JSON Schema does (and NIST SP 800-63B for passwords): by code
 * points, not by the one or two units that Java has for each.
 */
public class CodePoints implements ConstraintValidator<Size, CharSequence> {
  private int min;
  private int max;

  @Override
  public void initialize(Size size) {
    min = size.min();
    max = size.max();
  }

  @Override
  public boolean isValid(CharSequence text, ConstraintValidatorContext context) {
    if (text == null) {
      return true;
    }
    int length = Character.codePointCount(text, 0, text.length());
    return length >= min && length <= max;
  }
}
