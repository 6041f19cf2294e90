/**
 * The load of {@code services/system-tests/benchmark}.
 *
 * <p>Decision: requests are counted, not timed, so that each round does the same work on a slow
 * machine as on a fast one.
 */
package emporion.benchmark;
