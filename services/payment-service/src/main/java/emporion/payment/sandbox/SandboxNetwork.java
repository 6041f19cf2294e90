package emporion.payment.sandbox;

import emporion.payment.charges.control.PaymentProvider;
import emporion.payment.charges.entity.Money;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The sandbox's front door. Each call is worked on by a thread of the network's own while the
 * caller waits as it would for a remote answer; a caller that gives up stops nothing.
 */
@ApplicationScoped
@Named("sandbox")
public class SandboxNetwork implements PaymentProvider {
  /** Longer than anybody listens. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private SandboxRepository book;
  private Webhooks webhooks;
  private Duration slow;
  private int refundFailures;

  SandboxNetwork() {}

  @Inject
  SandboxNetwork(
      SandboxRepository book,
      Webhooks webhooks,
      @ConfigProperty(name = "emporion.sandbox.slow") Duration slow,
      @ConfigProperty(name = "emporion.sandbox.refund-failures") int refundFailures) {
    this.book = book;
    this.webhooks = webhooks;
    this.slow = slow;
    this.refundFailures = refundFailures;
  }

  /**
   * Interrupts nobody: an embedded database does not stand it. Who sleeps ends with the process.
   */
  @PreDestroy
  void close() {
    workers.shutdown();
  }

  @Override
  public Pattern tokens() {
    return TestCard.TOKENS;
  }

  @Override
  public ChargeAnswer charge(String key, String token, Money amount) {
    return answer(() -> charge(key, TestCard.of(token).orElseThrow(), amount));
  }

  private ChargeAnswer charge(String key, TestCard card, Money amount) throws InterruptedException {
    var early = card.dawdles() ? dawdled(key, card) : Optional.<ChargeAnswer>empty();
    if (early.isPresent()) {
      return early.get();
    }
    var booked = book.book(key, card, amount, refundFailures);
    if (booked.isEmpty()) {
      return book.find(key).orElseThrow();
    }
    if (card.late() && booked.get() instanceof ChargeAnswer.Captured charge) {
      workers.execute(() -> webhooks.captured(key, charge));
    }
    if (card == TestCard.LOST_ANSWER) {
      throw noAnswer();
    }
    return booked.get();
  }

  /** What has been booked already comes at once; whatever is to be booked takes its time. */
  private Optional<ChargeAnswer> dawdled(String key, TestCard card) throws InterruptedException {
    var known = book.find(key);
    if (known.isEmpty()) {
      if (card == TestCard.TIMEOUT) {
        throw noAnswer();
      }
      TimeUnit.NANOSECONDS.sleep(slow.toNanos());
    }
    return known;
  }

  @Override
  public ReversalAnswer reverse(String key) {
    return answer(
        () ->
            book.reverse(key)
                .<ReversalAnswer>map(ReversalAnswer.Reversed::new)
                .orElseGet(ReversalAnswer.Unknown::new));
  }

  @Override
  public RefundAnswer refund(String refundKey, String chargeKey, Money amount) {
    return answer(
        () -> book.refund(refundKey, chargeKey, amount).orElseGet(RefundAnswer.Unknown::new));
  }

  /** Silence, as the caller sees it. */
  private static IllegalStateException noAnswer() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(SILENCE.toNanos());
    return new IllegalStateException("No answer");
  }

  private <T> T answer(Callable<T> work) {
    try {
      return workers.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The caller gave up", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The sandbox failed", e.getCause());
    }
  }
}
