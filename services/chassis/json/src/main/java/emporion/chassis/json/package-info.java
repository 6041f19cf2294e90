/** JSON by Jackson, which no other module knows. Names are snake_case, times RFC 3339 in UTC. */
package emporion.chassis.json;
