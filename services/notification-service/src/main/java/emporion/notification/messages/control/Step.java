package emporion.notification.messages.control;

import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Status;

/** A notification has come to a status. */
record Step(Kind kind, Status status) {}
