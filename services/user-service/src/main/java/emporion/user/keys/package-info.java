/**
 * The keys that sign tokens. They live in the service's own database, so that every replica signs
 * with the same ones. A new key is published before it signs, and an old one stays published until
 * its tokens have expired.
 */
package emporion.user.keys;
