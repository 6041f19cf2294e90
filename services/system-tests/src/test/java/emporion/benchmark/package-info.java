/**
 * The instrument behind {@code services/system-tests/benchmark}: what a request costs the processes
 * of a shop, and of what it is compared with.
 *
 * <p>Decision: requests are counted, not timed, so that each round does the same work on a slow
 * machine as on a fast one; and what a request sets off behind its answer belongs to it, so a
 * window ends when nobody works any more.
 */
package emporion.benchmark;
