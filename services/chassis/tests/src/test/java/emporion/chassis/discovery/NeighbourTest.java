package emporion.chassis.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.discovery.Neighbour.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourTest {
  private static final int CALLS = 10_000;

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // overflows soon
  private final Neighbour neighbour = new Neighbour("product-service", false, clock::get);

  @Test
  void shares_are_even() {
    instances(3);
    var shares = shares();
    assertEquals(3, shares.size());
    shares.values().forEach(share -> assertEquals(CALLS / 3.0, share, CALLS / 30.0));
  }

  @Test
  void the_less_busy_of_two_is_called() {
    instances(2);
    var busy = neighbour.call(List.of()).instance();
    for (int i = 0; i < 100; i++) {
      var call = neighbour.call(List.of());
      assertFalse(call.instance() == busy);
      call.succeeded();
    }
  }

  @Test
  void who_fails_five_times_in_a_row_is_left_out_for_ten_seconds_then_for_twenty() {
    instances(3);
    fail(first(), 4);
    succeed(first());
    fail(first(), 4);
    assertEquals(0, neighbour.ejected());
    fail(first(), 1);
    assertEquals(1, neighbour.ejected());
    assertFalse(shares().containsKey(first()));
    pass(Duration.ofMillis(9_999));
    assertEquals(1, neighbour.ejected());
    pass(Duration.ofMillis(1));
    assertEquals(0, neighbour.ejected());
    fail(first(), 1);
    assertEquals(1, neighbour.ejected());
    pass(Duration.ofSeconds(19));
    assertEquals(1, neighbour.ejected());
    pass(Duration.ofSeconds(1));
    assertEquals(0, neighbour.ejected());
  }

  @Test
  void whoever_is_well_again_begins_with_ten_seconds() {
    instances(3);
    fail(first(), 5);
    pass(Duration.ofSeconds(10));
    fail(first(), 1);
    pass(Duration.ofSeconds(41));
    succeed(first());
    fail(first(), 5);
    pass(Duration.ofSeconds(10));
    assertEquals(0, neighbour.ejected());
  }

  @Test
  void at_most_half_of_them_are_left_out() {
    for (int count : new int[] {1, 2, 3, 4, 5}) {
      instances(count);
      neighbour.instances().forEach(one -> fail(one, 50));
      assertEquals(count / 2, neighbour.ejected());
      pass(Duration.ofHours(1));
      neighbour.update(List.of());
    }
  }

  @Test
  void what_somebody_behind_it_did_is_no_failure() {
    instances(2);
    for (int i = 0; i < 10; i++) {
      begin(first()).answered(504, false);
      begin(first()).answered(501, false);
      begin(first()).answered(503, true);
      begin(first()).answered(404, false);
    }
    assertEquals(0, neighbour.ejected());
    for (int i = 0; i < 5; i++) {
      begin(first()).answered(503, false);
    }
    assertEquals(1, neighbour.ejected());
  }

  @Test
  void a_new_one_gets_its_share_bit_by_bit() {
    instances(2);
    neighbour.update(addresses(3));
    var newest = neighbour.instances().getLast();
    pass(Duration.ofSeconds(1));
    assertTrue(shares().getOrDefault(newest, 0) < CALLS / 15);
    pass(Duration.ofSeconds(4));
    int half = shares().get(newest);
    assertTrue(half > CALLS / 10 && half < CALLS / 4, () -> half + " calls");
    pass(Duration.ofSeconds(5));
    assertEquals(CALLS / 3.0, shares().get(newest), CALLS / 30.0);
  }

  @Test
  void who_leaves_gets_no_new_call_and_who_stays_keeps_what_is_known_of_it() {
    instances(3);
    var before = neighbour.instances();
    fail(before.getFirst(), 5);
    neighbour.update(List.of(address(1), address(3)));
    assertEquals(List.of(before.get(0), before.get(2)), neighbour.instances());
    assertEquals(1, neighbour.ejected());
    assertEquals(Map.of(before.get(2), CALLS), shares());
  }

  @Test
  void who_was_tried_is_not_tried_again_and_who_is_left_out_is_better_than_nobody() {
    instances(2);
    fail(first(), 5);
    var other = neighbour.instances().getLast();
    assertSame(first(), neighbour.call(List.of(other)).instance());
    var all = neighbour.instances();
    var none = assertThrows(NoInstanceException.class, () -> neighbour.call(all));
    assertTrue(none.getMessage().contains("product-service"));
  }

  /** Three of which one needs half a second more, under twelve requests at once. */
  @Test
  void who_is_far_slower_gets_less_than_a_hundredth() {
    instances(3);
    var slow = first();
    var ends = new ArrayList<Map.Entry<Long, Call>>();
    var counted = new HashMap<Instance, Integer>();
    for (int i = 0; i < CALLS; i++) {
      if (ends.size() == 12) {
        var next = ends.stream().min(Map.Entry.comparingByKey()).orElseThrow();
        ends.remove(next);
        clock.addAndGet(Math.max(0, next.getKey() - clock.get()));
        next.getValue().succeeded();
      }
      var call = neighbour.call(List.of());
      counted.merge(call.instance(), 1, Integer::sum);
      var time = Duration.ofMillis(call.instance() == slow ? 510 : 10);
      ends.add(Map.entry(clock.get() + time.toNanos(), call));
    }
    assertTrue(counted.get(slow) < CALLS / 100, counted::toString);
  }

  @Test
  void one_that_repeats_all_may_not_do_so_for_long() {
    instances(2);
    int repeated = 0;
    for (int i = 0; i < 1_000; i++) {
      neighbour.call(List.of()).failed();
      repeated += neighbour.mayRepeat() ? 1 : 0;
    }
    assertEquals(105, repeated, 6);
  }

  private void instances(int count) {
    neighbour.update(addresses(count));
  }

  private static List<Address> addresses(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(NeighbourTest::address).toList();
  }

  private static Address address(int number) {
    return new Address("10.0.0." + number, 8082);
  }

  private Instance first() {
    return neighbour.instances().getFirst();
  }

  private Call begin(Instance wanted) {
    var others = neighbour.instances().stream().filter(one -> one != wanted).toList();
    return neighbour.call(others);
  }

  private void fail(Instance wanted, int times) {
    for (int i = 0; i < times; i++) {
      begin(wanted).failed();
    }
  }

  private void succeed(Instance wanted) {
    begin(wanted).succeeded();
  }

  private Map<Instance, Integer> shares() {
    var counted = new HashMap<Instance, Integer>();
    for (int i = 0; i < CALLS; i++) {
      var call = neighbour.call(List.of());
      counted.merge(call.instance(), 1, Integer::sum);
      call.succeeded();
    }
    return counted;
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
