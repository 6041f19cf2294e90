/**
 * What the tests of each service share: the service itself, started once in the test's process with
 * an empty database, an issuer of tokens, and a client that shows answers as they came.
 */
package emporion.chassis.testkit;
