/** Who gets in where, and what an attacker would try, through the gateway and past it. */
package emporion.security;
