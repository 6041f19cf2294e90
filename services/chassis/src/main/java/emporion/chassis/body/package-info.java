/**
 * JSON bodies, strict on the way in: unknown and doubled members, wrong types, fractions where
 * whole numbers stand and broken constraints are refused with a pointer to each bad field, before
 * any code of a service runs.
 */
package emporion.chassis.body;
