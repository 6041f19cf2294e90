/**
 * What the databases themselves are asked for in their own words: migrations by Flyway, the file of
 * an H2, the certificate of a PostgreSQL. The tables of the chassis are migrated from here too.
 */
package emporion.chassis.database;
