package emporion.notification.contacts.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
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
  private boolean erased;
  private long version;

  protected Contact() {}

  /** A user who has been mentioned before being introduced. */
  public static Contact expected(UUID userId) {
    var contact = new Contact();
    contact.userId = userId;
    contact.version = UNHEARD_OF;
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

  /** Forgets the person, for good. */
  public void erase() {
    username = null;
    email = null;
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

  public boolean erased() {
    return erased;
  }
}
