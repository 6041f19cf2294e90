package emporion.user.accounts.boundary;

import emporion.user.accounts.entity.Mailbox;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.eclipse.microprofile.config.ConfigProvider;

/** Lets pass what notification-service can send to, with the mail server that the shop has. */
public class MailableAddress implements ConstraintValidator<EmailAddress, String> {
  private boolean smtpUtf8;

  @Override
  public void initialize(EmailAddress constraint) {
    smtpUtf8 = ConfigProvider.getConfig().getValue("emporion.mail.smtputf8", Boolean.class);
  }

  @Override
  public boolean isValid(String value, ConstraintValidatorContext context) {
    if (value == null) {
      return true;
    }
    var mailbox = Mailbox.of(value);
    if (mailbox.isPresent() && mailbox.get().needsSmtpUtf8() && !smtpUtf8) {
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate(
              "must have letters of ASCII before the @: the shop's mail server takes no others")
          .addConstraintViolation();
      return false;
    }
    return mailbox.isPresent();
  }
}
