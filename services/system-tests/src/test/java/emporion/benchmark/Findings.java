package emporion.benchmark;

import java.util.List;
import java.util.Map;

/**
 * All that was measured of one subject.
 *
 * @param starts seconds, by what was started
 * @param memory resident bytes by moment and process
 * @param statements of one order, by database and text
 * @param lists milliseconds of the slowest statement, by page
 */
record Findings(
    String subject,
    Map<String, Double> starts,
    Map<String, Map<String, Long>> memory,
    List<Window> windows,
    Map<String, Map<String, Double>> statements,
    Map<String, Double> lists) {}
