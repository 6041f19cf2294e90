/** Version 2 of the notifications' paths: its names and its records. */
package emporion.notification.messages.boundary.v2;
