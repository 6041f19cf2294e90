package emporion.chassis.testkit.shaky.entity;

import jakarta.ws.rs.core.Response;

/** Speaks HTTP, which is none of its business. */
public record Jar(Response answer) {}
