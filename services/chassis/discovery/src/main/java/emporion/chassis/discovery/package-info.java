/**
 * Where the instances of a service are, and which of them is called next. Stork's providers tell
 * the first; the second is ours, since Stork's own balancers leave nobody out.
 */
package emporion.chassis.discovery;
