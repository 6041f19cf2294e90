package emporion.benchmark;

import java.util.Arrays;
import java.util.Optional;

/** What is asked for. */
enum Work {
  USER("one user, at the service"),
  GATEWAY("the same through the gateway"),
  PRODUCTS("a page of 24 products"),
  TIMELINE("an order with its timeline"),
  ORDER("an order");

  private final String title;

  Work(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  static Optional<Work> of(String name) {
    return Arrays.stream(values()).filter(work -> work.name().equalsIgnoreCase(name)).findFirst();
  }
}
