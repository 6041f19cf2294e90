package emporion.chassis.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that DNS names. */
class DnsTest {
  private static final int A = 1;
  private static final int SRV = 33;

  private final DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Map<String, List<String>> zone = new HashMap<>();

  DnsTest() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void each_address_of_a_name_is_an_instance_and_changes_are_seen_within_seconds() {
    name("things.example", "10.0.0.1", "10.0.0.2");
    var neighbour = neighbour(Map.of("hostname", "things.example", "port", "8082"));
    assertEquals(List.of("10.0.0.1:8082", "10.0.0.2:8082"), seen(neighbour));
    name("things.example", "10.0.0.2", "10.0.0.3");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> seen(neighbour).equals(List.of("10.0.0.2:8082", "10.0.0.3:8082")));
    server.close();
    await()
        .during(Duration.ofSeconds(4))
        .until(() -> seen(neighbour).equals(List.of("10.0.0.2:8082", "10.0.0.3:8082")));
  }

  @Test
  void records_of_services_tell_ports_too() {
    name("_http._tcp.things.example", "1 1 8082 one.example", "1 1 8182 two.example");
    name("one.example", "10.0.0.1");
    name("two.example", "10.0.0.2");
    var neighbour =
        neighbour(Map.of("hostname", "_http._tcp.things.example", "record-type", "SRV"));
    assertEquals(List.of("10.0.0.1:8082", "10.0.0.2:8182"), seen(neighbour));
  }

  @Test
  void a_name_that_is_not_there_has_no_instance_and_without_a_port_none_can_be_called() {
    assertEquals(List.of(), seen(neighbour(Map.of("port", "8082"))));
    assertThrows(IllegalArgumentException.class, () -> neighbour(Map.of()));
  }

  private Neighbour neighbour(Map<String, String> parameters) {
    var settings = new HashMap<String, String>();
    settings.put("stork.service-discovery.type", "dns");
    settings.put("stork.service-discovery.dns-servers", "127.0.0.1:" + server.getLocalPort());
    parameters.forEach(
        (name, value) -> settings.put("stork.things.service-discovery." + name, value));
    return new Neighbours(name -> Optional.ofNullable(settings.get(name)))
        .of(URI.create("stork://things"));
  }

  private static List<String> seen(Neighbour neighbour) {
    return neighbour.instances().stream().map(Instance::authority).sorted().toList();
  }

  private void name(String host, String... records) {
    synchronized (zone) {
      zone.put(host, List.of(records));
    }
  }

  private void serve() {
    try {
      while (true) {
        var asked = new DatagramPacket(new byte[512], 512);
        server.receive(asked);
        var answer = answer(asked);
        server.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private byte[] answer(DatagramPacket asked) throws IOException {
    var data = asked.getData();
    var labels = new ArrayList<String>();
    int at = 12;
    while (data[at] > 0) {
      labels.add(new String(data, at + 1, data[at], StandardCharsets.US_ASCII));
      at += data[at] + 1;
    }
    int end = at + 5;
    int type = data[at + 2];
    List<String> records;
    synchronized (zone) {
      records = zone.getOrDefault(String.join(".", labels), List.of());
    }
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(data, 0, 2);
    out.writeShort(records.isEmpty() ? 0x8183 : 0x8180);
    out.writeShort(1);
    out.writeShort(records.size());
    out.writeInt(0);
    out.write(Arrays.copyOfRange(data, 12, end));
    for (var record : records) {
      var content = type == SRV ? service(record) : InetAddress.getByName(record).getAddress();
      out.writeShort(0xC00C);
      out.writeShort(type == SRV ? SRV : A);
      out.writeShort(1);
      out.writeInt(1);
      out.writeShort(content.length);
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] service(String record) throws IOException {
    var fields = record.split(" ");
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (int i = 0; i < 3; i++) {
      out.writeShort(Integer.parseInt(fields[i]));
    }
    for (var label : fields[3].split("\\.")) {
      out.writeByte(label.length());
      out.writeBytes(label);
    }
    out.writeByte(0);
    return bytes.toByteArray();
  }
}
