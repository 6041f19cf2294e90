/**
 * Every refusal leaves the platform as one {@code application/problem+json} document (RFC 9457). A
 * rule throws a {@link emporion.chassis.problem.Problem} that names a stable slug; only the mappers
 * here know how it looks on the wire, so no class name, SQL or stack trace can leak.
 */
package emporion.chassis.problem;
