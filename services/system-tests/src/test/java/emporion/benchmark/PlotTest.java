package emporion.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PlotTest {
  @Test
  void anOrderIsABarWithAPieceForEachProcess() throws Exception {
    var svg =
        new Plot(List.of(window("shop <1> & co", Work.ORDER, 2), window("shop", Work.USER, 9)))
            .svg();
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        1 + 2 + 2, document.getElementsByTagName("rect").getLength()); // ground, pieces, key
    assertFalse(svg.contains("NaN"), svg);
  }

  private static Window window(String subject, Work work, double micros) {
    var each = new Reading(Map.of("a-service", new Cpu(micros, 0), "b", new Cpu(1, 1)), Map.of());
    return new Window(subject, work, "warm", 1, 1, Map.of(), 1, 1, 1, each, micros, micros);
  }
}
