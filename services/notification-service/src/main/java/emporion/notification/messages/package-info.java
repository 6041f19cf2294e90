/**
 * What happens to an order or an account is told by e-mail: once for each event however often it
 * arrives, also when the broker, the mail server or this service was away. Composing and sending
 * are apart: a mail is first a row, written in the transaction that takes the event in, and a
 * sender then works through the rows that are due. Between the server's "accepted" and the commit
 * that marks the row a crash makes a second copy; it bears the same Message-ID.
 */
package emporion.notification.messages;
