package emporion.order.story.entity;

import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.SagaStanding;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of an order.
 *
 * @param saga how its fulfilment stands
 * @param traceId of the request that placed it; null where that is not known
 * @param entries in order of time
 * @param missing what could not be had just now, by the service that did not answer
 * @param shortened of which only the newest are told
 */
public record Story(
    Order order,
    SagaStanding saga,
    String traceId,
    List<Entry> entries,
    Map<String, Set<Part>> missing,
    Set<Part> shortened) {}
