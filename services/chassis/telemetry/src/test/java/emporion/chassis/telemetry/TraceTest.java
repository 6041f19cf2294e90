package emporion.chassis.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The grammar of W3C Trace Context and W3C Baggage, line by line. */
class TraceTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String GOOD = "00-" + ID + "-" + SPAN + "-01";

  private static String next(String parent) {
    return Trace.of(parent, null, null).traceparent();
  }

  @Test
  void whatHoldsGoesOnAsItCame() {
    for (var flags : List.of("00", "01", "02", "03")) {
      var parent = "00-" + ID + "-" + SPAN + "-" + flags;
      assertEquals(parent, next(parent));
    }
  }

  @Test
  void flagsThatNobodyHasDefinedAreZeroOnTheWayOn() {
    assertEquals("00-" + ID + "-" + SPAN + "-03", next("00-" + ID + "-" + SPAN + "-ff"));
    assertEquals("00-" + ID + "-" + SPAN + "-00", next("00-" + ID + "-" + SPAN + "-fc"));
  }

  @Test
  void ofALaterVersionTheKnownPartIsRead() {
    for (var later : List.of("01-%s", "cc-%s", "cc-%s-", "cc-%s-what-the-future-brings", "fe-%s")) {
      assertEquals(GOOD, next(later.formatted(GOOD.substring(3))), later);
    }
  }

  @Test
  void whatIsBadBeginsATrace() {
    for (var bad :
        List.of(
            "",
            "00",
            GOOD + "-",
            GOOD + "-more",
            GOOD + "," + GOOD,
            " " + GOOD,
            GOOD.toUpperCase(),
            "ff" + GOOD.substring(2),
            "0g" + GOOD.substring(2),
            "cc" + GOOD.substring(2) + ".",
            "00-" + "0".repeat(32) + "-" + SPAN + "-01",
            "00-" + ID + "-" + "0".repeat(16) + "-01",
            "00-" + ID.replace('b', 'B') + "-" + SPAN + "-01",
            "00-" + ID.replace('b', 'g') + "-" + SPAN + "-01",
            "00-" + ID + "-" + SPAN.replace('b', '.') + "-01",
            "00-" + ID + "-" + SPAN + "-0A",
            "00-" + ID + "-" + SPAN + "-1",
            "00-" + ID.substring(1) + "-" + SPAN + "-001",
            "00_" + ID + "-" + SPAN + "-01",
            "00-" + ID + "_" + SPAN + "-01",
            "00-" + ID + "-" + SPAN + "_01")) {
      var begun = Trace.of(bad, "a=b", "c=d");
      assertTrue(begun.traceparent().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"), bad);
      assertNotEquals(ID, begun.traceId(), bad);
      assertEquals("", begun.state(), "of a trace that is another's: " + bad);
      assertEquals("c=d", begun.baggage(), "which needs no trace: " + bad);
    }
    assertNotEquals(Trace.begun().traceId(), Trace.begun().traceId());
  }

  private static String state(String field) {
    return Trace.of(GOOD, field, null).state();
  }

  @Test
  void stateGoesOnInItsOrder() {
    for (var good :
        List.of(
            "a=1",
            "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7",
            "fw529a3039@dt=FfAAiABBwwBnAAEB,0a@b=c",
            "a_-*/1=a b ;:!\"#$%&'()*+-./<>?@[]^_`{|}~",
            "x".repeat(256) + "=1",
            "a=" + "x".repeat(256))) {
      assertEquals(good, state(good));
    }
    assertEquals("a=1,b=2", state(" a=1 ,\t, b=2,"));
    assertEquals("", state(null));
    assertEquals("", state(" , "));
  }

  @Test
  void stateThatBreaksARuleIsDroppedWhole() {
    var many = IntStream.range(0, 33).mapToObj(i -> "k" + i + "=v").toList();
    for (var bad :
        List.of(
            "a",
            "a=",
            "=1",
            "A=1",
            "-a=1",
            "a =1",
            "a=1=\u00e9",
            "a=\t1",
            "a=1,b",
            "a=1,a=2",
            "x".repeat(257) + "=1",
            "a=" + "x".repeat(257),
            String.join(",", many))) {
      assertEquals("", state(bad), bad);
    }
    assertEquals(
        String.join(",", many.subList(1, 33)), state(String.join(",", many.subList(1, 33))));
  }

  @Test
  void ofTooMuchStateTheLongAndTheOldGoFirst() {
    var longOne = "long=" + "x".repeat(200);
    var members = IntStream.range(0, 5).mapToObj(i -> "k" + i + "=" + "y".repeat(97)).toList();
    assertEquals(String.join(",", members), state(longOne + "," + String.join(",", members)));
    var short6 = IntStream.range(0, 6).mapToObj(i -> "k" + i + "=" + "y".repeat(97)).toList();
    assertEquals(String.join(",", short6.subList(0, 5)), state(String.join(",", short6)));
  }

  private static String baggage(String field) {
    return Trace.of(null, null, field).baggage();
  }

  @Test
  void baggageGoesOn() {
    for (var good :
        List.of(
            "key1=value1;property1;property2 = v,key2=value2,key3=value3;"
                + " propertyKey=propertyValue",
            "SomeKey \t = \t SomeValue \t ; \t SomeProp",
            "userId=Am%C3%A9lie,isProduction=false",
            "a=",
            "a=b=c")) {
      assertEquals(good, baggage(good));
    }
    assertEquals("", baggage(null));
    assertEquals("", baggage(" , "));
  }

  @Test
  void ofBaggageTheMembersGoThatBreakARule() {
    for (var bad :
        List.of(
            "a",
            "=b",
            "a b=c",
            "a=b c",
            "a=\"b\"",
            "a=b\\c",
            "a=b;",
            "a=b;=c",
            "a=\u00e9",
            "(a)=b")) {
      assertEquals("x=1,y=2", baggage("x=1," + bad + ",y=2"), bad);
    }
  }

  @Test
  void baggageHasItsLimits() {
    var many = IntStream.range(0, 70).mapToObj(i -> "k" + i + "=v").collect(Collectors.toList());
    assertEquals(String.join(",", many.subList(0, 64)), baggage(String.join(",", many)));
    var most = "k=" + "v".repeat(8_190);
    assertEquals(most, baggage(most));
    assertEquals("", baggage(most + "v"));
    assertEquals("a=b", baggage("k=" + "v".repeat(8_190) + "v,a=b"));
    assertEquals("a=b" + ";p".repeat(4_000), baggage("a=b" + ";p".repeat(4_000)));
  }

  @Test
  void allOfItIsWrittenForTheNextHop() {
    var fields = Map.of("traceparent", GOOD, "tracestate", "a=1", "baggage", "b=2");
    var written = new HashMap<String, String>();
    Trace.of(fields::get).writeTo(written::put);
    assertEquals(fields, written);
    written.clear();
    Trace.of(Map.of("traceparent", GOOD)::get).writeTo(written::put);
    assertEquals(Map.of("traceparent", GOOD), written);
  }

  @Test
  void aThreadWorksForOneTraceAtATime() throws InterruptedException {
    var outer = Trace.of(GOOD, "a=1", null);
    var seen = new ArrayList<String>();
    outer.run(
        () -> {
          Trace.begun().run(() -> seen.add(Trace.currentId()));
          seen.add(Trace.currentId());
          seen.add(inAnotherThread(Trace.carry(() -> {})));
        });
    assertNotEquals(ID, seen.get(0));
    assertEquals(List.of(ID, ""), seen.subList(1, 3));
    assertEquals("", Trace.currentId());
    var carried = new ArrayList<Trace>();
    outer.run(() -> inAnotherThread(Trace.carry(() -> carried.add(Trace.current().get()))));
    assertEquals(List.of(outer), carried);
  }

  /** What the other thread works for, behind the work. */
  private static String inAnotherThread(Runnable work) {
    var after = new String[1];
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  work.run();
                  after[0] = Trace.currentId();
                });
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return after[0];
  }
}
