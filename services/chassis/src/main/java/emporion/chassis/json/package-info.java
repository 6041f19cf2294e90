/**
 * JSON bodies, strict on the way in: unknown and doubled members, wrong types, fractions where
 * whole numbers stand and broken constraints are refused with a pointer to each bad field, before
 * any code of a service runs. Names are snake_case on the wire, times RFC 3339 in UTC.
 */
package emporion.chassis.json;
