package emporion.chassis.discovery;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A service with its instances. Of two of them, picked at random, the less busy one is called. Five
 * failures in a row take an instance out for 10 s, then 20, 40 and so on up to 320 s, though never
 * more than half of them; one that is new, or comes back, gets its full share over 10 s.
 */
public final class Neighbour {
  private final String name;
  private final boolean secure;
  private final LongSupplier clock;
  private final Lock changes = new ReentrantLock();
  private final Lock ejections = new ReentrantLock();
  private final Repetitions repetitions = new Repetitions();
  private volatile Instance[] instances = {};
  private volatile Consumer<List<Instance>> listener = all -> {};

  Neighbour(String name, boolean secure, LongSupplier clock) {
    this.name = name;
    this.secure = secure;
    this.clock = clock;
  }

  /** What it is called: a service's name, or its one address. */
  public String name() {
    return name;
  }

  /** Whether its instances speak TLS. */
  public boolean secure() {
    return secure;
  }

  /** Those that are known now, also who is left out. */
  public List<Instance> instances() {
    return List.of(instances);
  }

  /** How many of them are left out for their failures. */
  public int ejected() {
    return ejected(clock.getAsLong());
  }

  /** Tells one listener of each change, and of how things are now; it must not block. */
  public void onChange(Consumer<List<Instance>> told) {
    changes.lock();
    try {
      listener = told;
      told.accept(instances());
    } finally {
      changes.unlock();
    }
  }

  /**
   * Begins a call of one of the instances.
   *
   * @param tried those that have failed in this call
   * @throws NoInstanceException where there is none, or none that was not tried
   */
  public Call call(Collection<Instance> tried) {
    return begin(pick(tried));
  }

  /** Begins a call of an instance that was picked. */
  public Call begin(Instance picked) {
    picked.begin();
    repetitions.add();
    return new Call(this, picked, clock.getAsLong());
  }

  /**
   * Which instance is to be called next. One that is left out is only where there is no other.
   *
   * @param tried those that are no choice
   * @throws NoInstanceException where none is left
   */
  public Instance pick(Collection<Instance> tried) {
    var all = instances;
    if (all.length == 1 && tried.isEmpty()) {
      return all[0];
    }
    long now = clock.getAsLong();
    var left = those(all, one -> !tried.contains(one));
    var well = those(left, one -> !one.ejected(now));
    var ready = those(well, one -> one.takesPart(now));
    if (ready.length > 0) {
      return lessBusy(ready, now);
    }
    if (left.length == 0) {
      throw new NoInstanceException(name);
    }
    return lessBusy(well.length > 0 ? well : left, now);
  }

  private static Instance[] those(Instance[] all, Predicate<Instance> wanted) {
    var found = new Instance[all.length];
    int count = 0;
    for (var one : all) {
      if (wanted.test(one)) {
        found[count++] = one;
      }
    }
    return count == all.length ? all : Arrays.copyOf(found, count);
  }

  private static Instance lessBusy(Instance[] some, long now) {
    if (some.length == 1) {
      return some[0];
    }
    var random = ThreadLocalRandom.current();
    int first = random.nextInt(some.length);
    int second = random.nextInt(some.length - 1);
    var other = some[second < first ? second : second + 1];
    return some[first].busierThan(other, now) ? other : some[first];
  }

  /**
   * Takes one from the repetitions that are left: each ten calls allow another one, so that a
   * service that is down altogether is asked a tenth more and not twice as much.
   */
  public boolean mayRepeat() {
    return repetitions.take();
  }

  long now() {
    return clock.getAsLong();
  }

  void eject(Instance failing, long now) {
    ejections.lock();
    try {
      if (!failing.ejected(now) && ejected(now) + 1 <= instances.length / 2) {
        failing.eject(now);
      }
    } finally {
      ejections.unlock();
    }
  }

  private int ejected(long now) {
    int count = 0;
    for (var one : instances) {
      if (one.ejected(now)) {
        count++;
      }
    }
    return count;
  }

  /** Takes over where they are now; who stays keeps what is known of it. */
  void update(Collection<Address> addresses) {
    changes.lock();
    try {
      var before = instances;
      instances =
          addresses.stream()
              .distinct()
              .map(address -> known(before, address))
              .toArray(Instance[]::new);
      listener.accept(instances());
    } finally {
      changes.unlock();
    }
  }

  private Instance known(Instance[] before, Address address) {
    for (var one : before) {
      if (one.is(address.host(), address.port())) {
        return one;
      }
    }
    return new Instance(address.host(), address.port(), clock.getAsLong(), before.length == 0);
  }

  /** Where an instance is. */
  record Address(String host, int port) {}
}
