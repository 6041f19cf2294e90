package emporion.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The end of a command, however it comes: by Ctrl-C, a signal, a failure, or because all is done.
 * From then on only what cleans up goes on; all others stand still wherever they speak, wait or
 * start something.
 */
final class Ending {
  private static Runnable cleaning = () -> {};
  private static volatile Thread cleaner;

  private Ending() {}

  /** To be called once, before there is anything to clean up. */
  static void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(Ending::come, "cleans up"));
  }

  /** What is to be done at the end from now on. */
  static synchronized void means(Runnable work) {
    cleaning = work;
  }

  private static void come() {
    synchronized (Ending.class) {
      cleaner = Thread.currentThread();
    }
    cleaning.run();
  }

  /** Does something that either happens as a whole or, once the end has come, not at all. */
  static synchronized <T> T before(Supplier<T> work) {
    pass();
    return work.get();
  }

  /** Lets nobody pass, once the end has come, but the one who cleans up. */
  static void pass() {
    while (cleaner != null && cleaner != Thread.currentThread()) {
      LockSupport.park();
    }
  }

  /** Waits for a moment. */
  static void pause(Duration time) {
    pass();
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // nobody interrupts
    }
    pass();
  }
}
