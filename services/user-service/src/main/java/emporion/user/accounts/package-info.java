/**
 * Who has an account, and under which name, address and role. A user's id never changes and is
 * never used again; erasing an account removes what identifies a person and leaves the id, because
 * orders refer to it.
 */
package emporion.user.accounts;
