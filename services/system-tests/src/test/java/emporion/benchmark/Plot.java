package emporion.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture (SVG 1.1) of what an order takes: a bar for each subject and phase, with a piece for
 * each process.
 */
final class Plot {
  private static final int LEFT = 330;
  private static final int WIDTH = 640;
  private static final int BAR = 20;
  private static final int STEP = 28;
  private static final int TOP = 44;
  private static final int KEY = 150;
  private static final int NARROW = 34;
  private static final List<String> COLOURS =
      List.of(
          "#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#edc948", "#b07aa1", "#ff9da7",
          "#9c755f", "#6b6b6b");

  private final List<Window> windows;
  private final List<String> processes;
  private final StringBuilder drawing = new StringBuilder();

  /** Of the orders among these. */
  Plot(List<Window> all) {
    windows = all.stream().filter(window -> window.work() == Work.ORDER).toList();
    processes =
        windows.stream()
            .flatMap(window -> window.each().cpu().keySet().stream())
            .map(Plot::shortened)
            .distinct()
            .toList();
  }

  /** A service has one colour, whoever made it. */
  private static String shortened(String process) {
    return process.replace("-service", "");
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, svg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Terminal.say("%s", file);
  }

  String svg() {
    double most = windows.stream().mapToDouble(Window::micros).max().orElse(1);
    int below = TOP + STEP * windows.size();
    text(LEFT, 24, "start", "CPU time of an order, milliseconds, by process");
    for (int i = 0; i < windows.size(); i++) {
      bar(windows.get(i), TOP + STEP * i, WIDTH / most);
    }
    key(below + 14);
    int height = below + 30 + 20 * ((processes.size() + 5) / 6);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="13">
    <rect width="100%%" height="100%%" fill="white"/>
    %3$s</svg>
    """
        .formatted(LEFT + WIDTH + 90, height, drawing);
  }

  private void bar(Window window, int y, double scale) {
    var title = "%s, %s, %d".formatted(window.subject(), window.phase(), window.connections());
    text(LEFT - 8, y + 15, "end", title);
    double x = LEFT;
    for (var used : window.each().cpu().entrySet()) {
      double width = Math.max(0, used.getValue().all() * scale);
      rectangle(x, y, width, colour(shortened(used.getKey())));
      if (width > NARROW) {
        text(x + width / 2, y + 15, "middle", millis(used.getValue().all()));
      }
      x += width;
    }
    text(x + 6, y + 15, "start", millis(window.micros()));
  }

  private void key(int y) {
    for (int i = 0; i < processes.size(); i++) {
      double x = 20 + i % 6 * (double) KEY;
      double line = y + 20.0 * (i / 6);
      rectangle(x, line, BAR, colour(processes.get(i)));
      text(x + BAR + 6, line + 15, "start", processes.get(i));
    }
  }

  private String colour(String process) {
    return COLOURS.get(processes.indexOf(process) % COLOURS.size());
  }

  private static String millis(double micros) {
    return String.format(Locale.ROOT, "%.1f", micros / 1000);
  }

  private void rectangle(double x, double y, double width, String colour) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>",
        x, y, width, colour);
  }

  private void text(double x, double y, String anchor, String words) {
    var escaped = words.replace("&", "&amp;").replace("<", "&lt;");
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
  }

  private void add(String element, Object... values) {
    drawing.append(String.format(Locale.ROOT, element, values)).append('\n');
  }

  /** All windows of all findings. */
  static Plot of(List<Findings> findings) {
    var windows = new ArrayList<Window>();
    findings.forEach(one -> windows.addAll(one.windows()));
    return new Plot(windows);
  }
}
