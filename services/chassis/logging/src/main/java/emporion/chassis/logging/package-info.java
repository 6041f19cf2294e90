/** The log, one JSON object a line, by SLF4J and Logback: no other module knows of them. */
package emporion.chassis.logging;
