package emporion.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.subethamail.smtp.RejectException;

/**
 * A folder of received messages, one {@code .eml} file each, as they came. A file appears whole or
 * not at all, and is on disk before its sender is told so. Names sort by the time of arrival and
 * hold nothing that the message says.
 */
final class Mailbox {
  private static final Logger LOG = System.getLogger(Mailbox.class.getName());
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String UNFINISHED = ".part";
  private static final int TOO_LARGE = 552;
  private static final int TRY_AGAIN = 451;

  private final Path folder;
  private final int maxBytes;
  private final Clock clock;
  private final LongAdder kept = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private Instant last = Instant.EPOCH;

  Mailbox(Path folder, int maxBytes, Clock clock) {
    this.folder = folder.toAbsolutePath();
    this.maxBytes = maxBytes;
    this.clock = clock;
    try {
      Files.createDirectories(this.folder);
      sweep();
    } catch (IOException | UncheckedIOException e) {
      throw new StartFailure("%s can't be used: %s".formatted(Settings.MAILBOX, e.getMessage()), e);
    }
  }

  private void sweep() throws IOException {
    try (var left = Files.newDirectoryStream(folder, ".*" + UNFINISHED)) {
      for (var file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Keeps one message. What is too large is read to its end, so that its sender hears the answer,
   * and refused for good; a full disk is a reason to try again.
   */
  void keep(InputStream message) throws RejectException, IOException {
    var part = folder.resolve("." + UUID.randomUUID() + UNFINISHED);
    boolean whole = false;
    try {
      whole = write(message, part);
      if (whole) {
        Files.move(part, folder.resolve(name()), StandardCopyOption.ATOMIC_MOVE);
        Durable.sync(folder);
        kept.increment();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A message could not be kept: " + e);
      refused.increment();
      message.transferTo(OutputStream.nullOutputStream());
      throw new RejectException(TRY_AGAIN, "The mailbox can't keep it now");
    } finally {
      Files.deleteIfExists(part);
    }
    if (!whole) {
      refused.increment();
      throw new RejectException(TOO_LARGE, "Larger than %d bytes".formatted(maxBytes));
    }
  }

  /** Messages since the start. */
  long kept() {
    return kept.sum();
  }

  /** Messages since the start that were too large or could not be written. */
  long refused() {
    return refused.sum();
  }

  /** Answers false where the message is too large. */
  private boolean write(InputStream message, Path part) throws IOException {
    try (var file =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var out = Channels.newOutputStream(file);
      var buffer = new byte[8 << 10];
      long size = 0;
      for (int n = read(message, buffer); n >= 0; n = read(message, buffer)) {
        size += n;
        if (size <= maxBytes) {
          out.write(buffer, 0, n);
        }
      }
      file.force(true);
      return size <= maxBytes;
    }
  }

  /** Unchecked, so that a sender who breaks off is not mistaken for a full disk. */
  private static int read(InputStream message, byte[] buffer) {
    try {
      return message.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Later names sort behind earlier ones even where the clock stands or steps back. */
  private synchronized String name() {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    return NAME.format(last) + "-" + UUID.randomUUID().toString().substring(0, 8) + ".eml";
  }
}
