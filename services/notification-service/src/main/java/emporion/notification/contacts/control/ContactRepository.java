package emporion.notification.contacts.control;

import emporion.notification.contacts.entity.Contact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/** The contact table. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ContactRepository {
  @Inject private EntityManager database;

  /** The contact of a user, as it is now; needs no transaction. */
  @Transactional(TxType.SUPPORTS)
  Optional<Contact> find(UUID userId) {
    return Optional.ofNullable(database.find(Contact.class, userId));
  }

  /**
   * The contact of a user, locked until the transaction ends; an unknown user gets one. Where two
   * transactions meet the same unknown user, the unique key fails one of them, to be run again.
   */
  public Contact meet(UUID userId) {
    var known = database.find(Contact.class, userId, LockModeType.PESSIMISTIC_WRITE);
    if (known != null) {
      return known;
    }
    var expected = Contact.expected(userId);
    database.persist(expected);
    database.flush();
    return expected;
  }

  /** The contacts of these users, locked in this order until the transaction ends. */
  public List<Contact> locked(SortedSet<UUID> userIds) {
    return database
        .createQuery(
            "select c from Contact c where c.userId in (:users) order by c.userId", Contact.class)
        .setParameter("users", userIds)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }
}
