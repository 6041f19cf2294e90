/**
 * The shop as its users meet it: the real processes, started by {@code env/local/up} with data and
 * ports of their own beside whatever else runs, and asked through the gateway alone.
 *
 * <p>Decision: tests share one running shop and keep apart by the shoppers and products that each
 * makes for itself; those that stop a process come last.
 */
package emporion.tour;
