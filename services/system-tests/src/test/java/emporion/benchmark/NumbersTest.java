package emporion.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void aPercentileIsATimeThatWasSeen() {
    var hundred = new long[100];
    for (int i = 0; i < 100; i++) {
      hundred[i] = i + 1L;
    }
    assertEquals(50, Numbers.percentile(hundred, 50));
    assertEquals(99, Numbers.percentile(hundred, 99));
    assertEquals(100, Numbers.percentile(hundred, 100));
    assertEquals(1, Numbers.percentile(hundred, 0));
    assertEquals(7, Numbers.percentile(new long[] {7}, 99));
    assertTrue(Double.isNaN(Numbers.percentile(new long[0], 50)));
  }

  @Test
  void theMedianIsOneOfThem() {
    assertEquals(3, Numbers.median(List.of(9, 1, 3), Integer::doubleValue));
    assertEquals(4, Numbers.median(List.of(4, 1, 3, 9), Integer::doubleValue));
  }

  /** The name may have blanks and parentheses in it (proc(5)). */
  @Test
  void theTimeOfAProcessIsThatOfItsEndedChildrenToo() {
    var stat =
        "42 (a (strange) name) S 1 42 42 0 -1 4194560 100 200 0 0 150 30 20 10 20 0 5 0 0 0 0";
    assertEquals(new Cpu(1_700_000, 400_000), Cpu.of(stat));
  }

  @Test
  void oneOfManyUsesItsShareOfWhatWasUsedMeanwhile() {
    var before = new Reading(Map.of("a", new Cpu(10, 1)), Map.of("rows", 5.0));
    var after = new Reading(Map.of("a", new Cpu(30, 5), "b", new Cpu(2, 2)), Map.of("rows", 25.0));
    var each = after.since(before).by(2);
    assertEquals(Map.of("a", new Cpu(10, 2), "b", new Cpu(1, 1)), each.cpu());
    assertEquals(Map.of("rows", 10.0), each.counts());
    assertEquals(new Cpu(11, 3), each.all());
  }
}
