package emporion.payment.sandbox;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import emporion.payment.charges.control.PaymentProvider.RefundAnswer;
import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;

/**
 * What the network has booked. Each method is a transaction of the network's own, or a statement
 * outside of any, as it is called by a thread of the network's own: what it has charged stays
 * charged, whatever becomes of the one who asked.
 */
@ApplicationScoped
class SandboxRepository {
  private static final String CHARGED = "charged";
  private static final String DECLINED = "declined";
  private static final String REVERSED = "reversed";
  private static final String BARRED = "barred";

  private static final String ENTRY =
      """
      select reference, outcome, decline_reason, card, amount, given_back, refund_failures
      from sandbox_charge where charge_key = ?\
      """;

  @Inject private Sql sql;

  /** What is booked under a key. */
  private record Entry(
      String reference,
      String outcome,
      String decline,
      String card,
      long amount,
      long givenBack,
      int refundFailures) {
    long taken() {
      return outcome.equals(CHARGED) || outcome.equals(REVERSED) ? amount : 0;
    }
  }

  Optional<ChargeAnswer> find(String key) {
    return entry(key).map(SandboxRepository::answer);
  }

  private static ChargeAnswer answer(Entry entry) {
    return switch (entry.outcome) {
      case CHARGED -> new ChargeAnswer.Captured(entry.reference, entry.card);
      case DECLINED -> new ChargeAnswer.Declined(DeclineReason.valueOf(entry.decline));
      default -> new ChargeAnswer.Barred();
    };
  }

  /**
   * Books what the card's bank said, by a statement that commits by itself.
   *
   * @return what is booked; empty where something is booked under the key already
   */
  Optional<ChargeAnswer> book(String key, TestCard card, Money amount, int refundFailures) {
    var entry =
        new Entry(
            "ch_" + Ids.next(),
            card.decline().isPresent() ? DECLINED : CHARGED,
            card.decline().map(Enum::name).orElse(null),
            card.brand(),
            amount.amount(),
            0,
            card == TestCard.REFUND_FAILS ? refundFailures : 0);
    return insert(key, amount.currency(), entry) ? Optional.of(answer(entry)) : Optional.empty();
  }

  /** Gives back the rest and bars the key; empty where the card's script says that it fails now. */
  @Transactional(TxType.REQUIRES_NEW)
  Optional<Long> reverse(String key) {
    var known = held(key);
    if (known.isEmpty() && insert(key, "XXX", barred())) {
      return Optional.of(0L);
    }
    var entry = known.or(() -> held(key)).orElseThrow();
    if (fails(key, entry)) {
      return Optional.empty();
    }
    close(key);
    return Optional.of(entry.taken());
  }

  private static Entry barred() {
    return new Entry("ch_" + Ids.next(), BARRED, null, "", 0, 0, 0);
  }

  /** Gives back a part; empty where this card's script says that it fails now. */
  @Transactional(TxType.REQUIRES_NEW)
  Optional<RefundAnswer> refund(String refundKey, String chargeKey, Money amount) {
    var known = held(chargeKey);
    if (known.isEmpty()) {
      return Optional.of(new RefundAnswer.Refused("unknown_charge"));
    }
    if (refunded(refundKey)) {
      return Optional.of(new RefundAnswer.Refunded());
    }
    if (fails(chargeKey, known.get())) {
      return Optional.empty();
    }
    if (amount.amount() > known.get().taken() - known.get().givenBack) {
      return Optional.of(new RefundAnswer.Refused("exceeds_charge"));
    }
    giveBack(chargeKey, amount.amount());
    insertRefund(refundKey, chargeKey, amount.amount());
    return Optional.of(new RefundAnswer.Refunded());
  }

  private boolean fails(String key, Entry entry) {
    return entry.refundFailures > 0
        && sql.update(
                """
                update sandbox_charge set refund_failures = refund_failures - 1
                where charge_key = ?\
                """,
                key)
            == 1;
  }

  private void close(String key) {
    sql.update(
        """
        update sandbox_charge set given_back = amount, outcome = ?
        where charge_key = ? and outcome = ?\
        """,
        REVERSED,
        key,
        CHARGED);
  }

  private void giveBack(String key, long amount) {
    sql.update(
        "update sandbox_charge set given_back = given_back + ? where charge_key = ?", amount, key);
  }

  private Optional<Entry> entry(String key) {
    return sql.find(Entry.class, ENTRY, key);
  }

  private Optional<Entry> held(String key) {
    return sql.find(Entry.class, ENTRY + " for update", key);
  }

  private boolean insert(String key, String currency, Entry entry) {
    return sql.update(
            """
            insert into sandbox_charge (charge_key, reference, outcome, decline_reason, card,
              amount, currency, given_back, refund_failures, created_at)
            values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?) on conflict do nothing\
            """,
            key,
            entry.reference,
            entry.outcome,
            Sql.orNull(entry.decline),
            entry.card,
            entry.amount,
            currency,
            entry.refundFailures,
            Instant.now())
        == 1;
  }

  private boolean refunded(String refundKey) {
    return sql.find(Long.class, "select amount from sandbox_refund where refund_key = ?", refundKey)
        .isPresent();
  }

  private void insertRefund(String refundKey, String chargeKey, long amount) {
    sql.update(
        """
        insert into sandbox_refund (refund_key, charge_key, amount, created_at)
        values (?, ?, ?, ?)\
        """,
        refundKey,
        chargeKey,
        amount,
        Instant.now());
  }
}
