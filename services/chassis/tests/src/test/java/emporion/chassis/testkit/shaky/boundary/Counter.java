package emporion.chassis.testkit.shaky.boundary;

import emporion.chassis.testkit.shaky.control.Shelf;

/** Knows the control, which knows it: a cycle. */
public record Counter(Shelf shelf) {}
