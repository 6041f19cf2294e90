/**
 * How users are called and where their mail goes: a copy of what the user service's events say, so
 * that a mail needs no call to a neighbour. A contact's row is also the lock under which everything
 * about one user's mail is decided; that is why an unknown user has one as soon as a mail waits for
 * it, and an erased one keeps it, empty.
 */
package emporion.notification.contacts;
