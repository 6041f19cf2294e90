package emporion.order.story.control;

import emporion.chassis.telemetry.Span;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What a neighbour is asked while others are, too. */
final class Question<T> {
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  private Question() {}

  /** Asks at once, in a thread of its own and in the current trace. */
  static <T> Question<T> ask(Supplier<T> call) {
    var question = new Question<T>();
    Thread.startVirtualThread(Span.carry(() -> question.settle(call)));
    return question;
  }

  private void settle(Supplier<T> call) {
    try {
      answer.complete(call.get());
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  /**
   * The answer.
   *
   * @param deadline by {@link System#nanoTime}
   * @throws NoAnswer where there was none by then
   */
  T by(long deadline) throws NoAnswer {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw new NoAnswer(e.getCause());
    } catch (TimeoutException e) {
      throw new NoAnswer(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer(e);
    }
  }

  /** Nobody answered in time. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(Throwable cause) {
      super(cause);
    }
  }
}
