/** Where events come in, and where users and those who look after them read what was sent. */
package emporion.notification.messages.boundary;
