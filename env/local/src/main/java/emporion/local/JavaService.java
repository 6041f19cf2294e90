package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A service of the table, as a virtual machine of its own. */
final class JavaService implements Member {
  private final Local local;
  private final Service service;
  private final Ports ports;
  private final Environments environments;
  private final Choice choice;
  private final Caches caches;
  private boolean usesCache;

  JavaService(
      Local local,
      Service service,
      Ports ports,
      Environments environments,
      Choice choice,
      Caches caches) {
    this.local = local;
    this.service = service;
    this.ports = ports;
    this.environments = environments;
    this.choice = choice;
    this.caches = caches;
  }

  @Override
  public String name() {
    return service.process();
  }

  Service service() {
    return service;
  }

  /** Without that of the broker, where RabbitMQ has it. */
  @Override
  public Map<String, Integer> ports() {
    var listens = new LinkedHashMap<>(ports.of(service));
    if (choice.onRabbitMq()) {
      listens.remove(Ports.BROKER);
    }
    return listens;
  }

  @Override
  public boolean isReady() {
    return Http.status(service.healthPort(), service.health()) == 200;
  }

  /** With its start-up cache, where it has one. */
  @Override
  public Process start() {
    var cache = caches.existing(service);
    usesCache = cache.isPresent();
    var options =
        cache.map(file -> List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off"));
    var environment = environments.of(service, ports.of(service), choice);
    return launch(name(), local.place().home(), environment, options.orElse(List.of()));
  }

  /** A cache is never the reason why a service does not start: without it there is a second try. */
  @Override
  public boolean startsOtherwise() {
    if (usesCache) {
      caches.giveUp(service);
    }
    return usesCache;
  }

  /**
   * An instance alone, on ports and with data of its own, which makes a cache as it ends.
   *
   * @param id of its log and its process
   */
  Process rehearse(String id, Path directory, Map<String, Integer> own, Path newCache) {
    var environment = environments.of(service, own, Choice.EMBEDDED);
    return launch(id, directory, environment, List.of("-XX:AOTCacheOutput=" + newCache));
  }

  private Process launch(
      String id, Path directory, Map<String, String> environment, List<String> options) {
    var command = new ArrayList<String>();
    command.add(Os.backgroundJava());
    command.addAll(local.settings().javaFlags());
    command.add("-Xmx" + service.heap());
    command.addAll(service.flags());
    command.add("-XX:ErrorFile=" + local.place().log(id + ".crash"));
    command.addAll(options);
    command.addAll(List.of("-jar", jar().toString()));
    return local.processes().start(id, directory, environment, command);
  }

  private Path jar() {
    var jar = local.place().jar(service.name());
    return local.place().isOdd() && service.needs("database") ? jarFor(jar) : jar;
  }

  /** One that leads to the jar by a path without blanks, which Linux knows and others don't. */
  private Path jarFor(Path jar) {
    var place = local.place();
    if (!Files.exists(Path.of("/proc/self/cwd"))) {
      throw new Failure(
          "The path %s has characters that the services can't be started with: move the project to one of letters, digits and dashes."
              .formatted(place.root()));
    }
    try {
      if (!place.home().equals(place.root())) {
        var link = place.home().resolve("services");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, place.root().resolve("services"));
      }
      var manifest = new Manifest();
      var attributes = manifest.getMainAttributes();
      attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      attributes.put(Attributes.Name.MAIN_CLASS, mainClassOf(jar));
      attributes.put(
          Attributes.Name.CLASS_PATH, "file:/proc/self/cwd/" + place.root().relativize(jar));
      var leading = place.data().resolve(name() + "-launch.jar");
      new JarOutputStream(Files.newOutputStream(leading), manifest).close();
      return leading;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mainClassOf(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
  }
}
