package emporion.notification.contacts.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.Optional;
import java.util.UUID;

/** One user as far as mail is concerned. */
@Entity
@Table(name = "contact")
public class Contact {
  private static final long UNHEARD_OF = -1;

  @Id
  @Column(name = "user_id")
  private UUID userId;

  private String username;
  private String email;
  private String language;
  private boolean erased;
  private long version;

  /** Of this transaction's making, and no mail waits for the address. */
  @Transient private boolean fresh;

  protected Contact() {}

  /** A user who has been mentioned before being introduced. */
  public static Contact expected(UUID userId) {
    var contact = new Contact();
    contact.userId = userId;
    contact.version = UNHEARD_OF;
    contact.fresh = true;
    return contact;
  }

  /**
   * Takes what an event says, unless a newer one has been heard.
   *
   * @param userVersion the user's version in the user service, from 0
   */
  public void learn(long userVersion, String newUsername, String newEmail) {
    if (!erased && userVersion > version) {
      username = newUsername;
      email = newEmail;
      version = userVersion;
    }
  }

  /** A mail waits until the address is known. */
  public void await() {
    fresh = false;
  }

  /** Whether mails may wait for the address: of a user who was mentioned before, and no more. */
  public boolean awaited() {
    return !fresh && email == null;
  }

  /** Is written to in this language from now on. */
  public void prefer(String newLanguage) {
    language = newLanguage;
  }

  /** Forgets the person, for good. */
  public void erase() {
    username = null;
    email = null;
    language = null;
    erased = true;
  }

  public UUID userId() {
    return userId;
  }

  /** Empty for a user who has not been introduced yet. */
  public Optional<String> username() {
    return Optional.ofNullable(username);
  }

  /** Empty for a user who has not been introduced yet, or is erased. */
  public Optional<String> email() {
    return Optional.ofNullable(email);
  }

  /** A BCP 47 tag; empty where none was chosen. */
  public Optional<String> language() {
    return Optional.ofNullable(language);
  }

  public boolean erased() {
    return erased;
  }
}
