package emporion.gateway;

import java.util.List;

/**
 * One service behind the gateway.
 *
 * @param name stands in metrics and access lines
 * @param paths the prefixes that lead here
 * @param maxBodyBytes of a request
 * @param service its instances
 * @param meters counts the calls to it that had no answer
 */
record Route(
    String name, List<String> paths, long maxBodyBytes, Service service, RouteMeters meters) {}
