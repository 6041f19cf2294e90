/**
 * The keys that sign tokens. They live in the service's own database, so that every replica signs
 * with the same ones; a new key signs at once and the old ones stay published.
 */
package emporion.user.keys;
