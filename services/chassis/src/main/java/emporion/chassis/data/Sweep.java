package emporion.chassis.data;

import java.time.Instant;

/**
 * Asks those who keep things for a time to throw away what is older. Fired once an hour by each
 * replica, in a transaction; an observer that fails takes the others' work with it.
 *
 * @param now the moment that counts
 */
public record Sweep(Instant now) {}
