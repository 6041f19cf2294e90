package emporion.notification.contacts.control;

import emporion.chassis.refusal.Missing;
import emporion.notification.contacts.entity.Contact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** How users want to be written to. */
@ApplicationScoped
public class Preferences {
  @Inject private ContactRepository contacts;
  @Inject private Languages languages;

  /** In which language a user is written to. */
  public String language(UUID userId) {
    return languages.of(contacts.find(userId).flatMap(Contact::language));
  }

  /**
   * Writes to a user in this language from now on, whether or not they have been introduced.
   *
   * @throws Missing for an erased user
   */
  @Transactional
  public void write(UUID userId, String language) {
    var contact = contacts.meet(userId);
    if (contact.erased()) {
      throw new Missing("user");
    }
    contact.prefer(language);
  }
}
