package emporion.chassis.body;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import java.util.Collection;

/** Counts the items of a list: whoever replaces one validator of {@link Size} replaces all. */
public class Items implements ConstraintValidator<Size, Collection<?>> {
  private int min;
  private int max;

  @Override
  public void initialize(Size size) {
    min = size.min();
    max = size.max();
  }

  @Override
  public boolean isValid(Collection<?> items, ConstraintValidatorContext context) {
    return items == null || items.size() >= min && items.size() <= max;
  }
}
