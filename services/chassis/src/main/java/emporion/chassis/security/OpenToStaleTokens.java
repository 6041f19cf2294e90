package emporion.chassis.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource for whoever has no valid token, such as the one that issues them: a bearer token that
 * does not hold counts as none there, instead of ending the request.
 */
@Inherited // by the proxy that stands for the resource
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenToStaleTokens {}
