/**
 * A creating request that is sent twice has one effect and gets one answer ({@code
 * Idempotency-Key}, draft-ietf-httpapi-idempotency-key-header). The key is stored in the
 * transaction of the effect: either both are there or neither, so a request that failed can be
 * repeated and one that succeeded can't.
 */
package emporion.chassis.idempotency;
