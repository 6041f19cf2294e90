/** What the embedded database needs beyond JDBC. On PostgreSQL nothing here does anything. */
package emporion.chassis.h2;
