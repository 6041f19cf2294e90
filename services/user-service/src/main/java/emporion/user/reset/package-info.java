/**
 * A new password for somebody who has forgotten the old one: a link that works once goes to the
 * account's address, and whoever asks is told the same whether or not there is such an account.
 */
package emporion.user.reset;
