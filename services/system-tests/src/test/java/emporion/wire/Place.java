package emporion.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A port of a process, and what holds of all that it says.
 *
 * @param paths what can be asked for there; the last one is nothing
 */
record Place(String name, int port, List<String> paths) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE = 20_000;

  /** Addresses of the inside, names of classes, traces of stacks. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "(127\\.0\\.0\\.1|localhost|0\\.0\\.0\\.0):[0-9]"
              + "|\\b(java|io|org|com|emporion|jakarta)\\.[a-z]+\\.[A-Za-z.]+"
              + "|[A-Za-z]Exception\\b|\\n\\s+at [A-Za-z]");

  /** The reason phrases of the IANA for what is answered here. */
  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(417, "Expectation Failed"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(428, "Precondition Required"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(501, "Not Implemented"),
          Map.entry(505, "HTTP Version Not Supported"));

  /** What is wrong with the answer to a request, and with what comes behind it. */
  List<String> faults(OddRequest request) {
    var faults = new ArrayList<String>();
    try (var socket = connect()) {
      send(socket, request.bytes());
      var answer = Answer.read(socket.getInputStream(), request.isHead());
      judge(answer, request, faults);
      if (answer.last()) {
        socket.shutdownOutput();
        if (socket.getInputStream().read() >= 0) {
          faults.add("something behind the last answer");
        }
      } else {
        goOn(socket, request.unclear(), faults);
      }
    } catch (IOException | IllegalStateException e) {
      faults.add(e.toString());
    }
    return faults.stream().map(fault -> name + ": " + fault + "\n  " + request).toList();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  /** A server may hang up in the middle; what it has said can be read. */
  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // the answer tells
    }
  }

  private void goOn(Socket socket, boolean mayBeOver, List<String> faults) throws IOException {
    var next = new OddRequest("GET " + paths.getLast() + " HTTP/1.1\r\nHost: shop\r\n\r\n", false);
    send(socket, next.bytes());
    try {
      judge(Answer.read(socket.getInputStream(), false), next, faults);
    } catch (EOFException | SocketException e) {
      if (!mayBeOver) {
        faults.add("hung up without a word");
      }
    }
  }

  private void judge(Answer answer, OddRequest request, List<String> faults) {
    var phrase = PHRASES.get(answer.status());
    if (!answer.phrase().equals(phrase)) {
      faults.add("status " + answer.status() + " " + answer.phrase() + ": " + answer.content());
    }
    for (var single : List.of("content-type", "date", "location", "etag", "retry-after")) {
      answer.one(single);
    }
    if (answer.one("date").isEmpty()) {
      faults.add("no Date");
    }
    if (answer.status() >= 400) {
      judgeRefusal(answer, request, faults);
    }
  }

  private void judgeRefusal(Answer answer, OddRequest request, List<String> faults) {
    var all = answer.fields() + answer.content();
    if (INSIDE.matcher(all).find()) {
      faults.add("tells of the inside: " + all);
    }
    if (!tellsMore(answer)) {
      faults.add("does not tell what would do: " + answer);
    }
    var type = answer.one("content-type");
    boolean page = type.startsWith("text/html") && request.text().contains("text/html");
    boolean token = type.equals("application/json") && request.text().contains("/token");
    if (!page && !token && !request.isHead() && !isProblem(answer)) {
      faults.add("no problem: " + answer);
    }
  }

  private static boolean tellsMore(Answer answer) {
    return switch (answer.status()) {
      case 401 -> !answer.one("www-authenticate").isEmpty();
      case 405 -> !answer.one("allow").isEmpty();
      case 415 ->
          !(answer.one("accept") + answer.one("accept-patch") + answer.one("accept-encoding"))
              .isEmpty();
      case 429 -> !answer.one("retry-after").isEmpty();
      default -> true;
    };
  }

  private static boolean isProblem(Answer answer) {
    try {
      var problem = JSON.readTree(answer.content());
      return answer.one("content-type").equals("application/problem+json")
          && problem.path("status").asInt() == answer.status()
          && problem.path("type").asText().matches("urn:emporion:problem:[a-z0-9-]+")
          && problem.path("trace_id").asText().matches("[0-9a-f]{32}")
          && !problem.path("title").asText().isEmpty()
          && !problem.path("detail").asText().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** What HEAD says otherwise than GET, but for the time of day. */
  List<String> headFaults() {
    var faults = new ArrayList<String>();
    for (var path : paths) {
      try {
        var get = ask("GET", path);
        var head = ask("HEAD", path);
        for (var answer : List.of(get, head)) {
          List.of("date", "content-length", "transfer-encoding", "ratelimit")
              .forEach(answer.fields()::remove);
        }
        if (get.status() != head.status() || !get.fields().equals(head.fields())) {
          faults.add(name + path + ": " + get + " is not " + head);
        }
      } catch (IOException | IllegalStateException e) {
        faults.add(name + path + ": " + e);
      }
    }
    return faults;
  }

  private Answer ask(String method, String path) throws IOException {
    try (var socket = connect()) {
      send(
          socket,
          (method + " " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")
              .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      var answer = Answer.read(socket.getInputStream(), method.equals("HEAD"));
      if (socket.getInputStream().read() >= 0) {
        throw new IOException("something behind the answer");
      }
      return answer;
    }
  }
}
