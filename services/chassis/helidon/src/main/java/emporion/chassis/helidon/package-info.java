/**
 * The adapter to the runtime: what MicroProfile has no word for and each runtime does in its own
 * way. To move to another runtime is to rewrite this module.
 */
package emporion.chassis.helidon;
