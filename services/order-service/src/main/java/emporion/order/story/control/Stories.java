package emporion.order.story.control;

import emporion.chassis.messaging.Outbox;
import emporion.chassis.messaging.Publication;
import emporion.chassis.messaging.Receipts;
import emporion.order.clients.MailHistory;
import emporion.order.clients.PaymentHistory;
import emporion.order.clients.PaymentHistory.Chapter;
import emporion.order.clients.StockHistory;
import emporion.order.ordering.control.Interventions;
import emporion.order.ordering.control.OrderService;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.story.entity.Part;
import emporion.order.story.entity.Reading;
import emporion.order.story.entity.Reading.Receipt;
import emporion.order.story.entity.Story;
import emporion.order.story.entity.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Stories of orders. All neighbours are asked at once, but for who has read the events: which there
 * are is known after payment-service's answer.
 */
@ApplicationScoped
public class Stories {
  /** So many entries of each part, of each service, are told: the newest. */
  static final int MOST = 100;

  /** After it nobody is waited for any more; each call has a limit of its own, which is shorter. */
  private static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final String SERVICE = "order-service";

  private OrderService orders;
  private Interventions sagas;
  private StoryRepository book;
  private Outbox outbox;
  private Receipts receipts;
  private StockHistory stock;
  private PaymentHistory payments;
  private MailHistory mails;

  Stories() {}

  @Inject
  Stories(
      OrderService orders,
      Interventions sagas,
      StoryRepository book,
      Outbox outbox,
      Receipts receipts,
      StockHistory stock,
      PaymentHistory payments,
      MailHistory mails) {
    this.orders = orders;
    this.sagas = sagas;
    this.book = book;
    this.outbox = outbox;
    this.receipts = receipts;
    this.stock = stock;
    this.payments = payments;
    this.mails = mails;
  }

  /** The story of an order, after 2.5 seconds at the latest whoever does not answer. */
  public Optional<Story> find(UUID orderId) {
    return orders
        .find(orderId)
        .flatMap(order -> sagas.find(orderId).map(saga -> told(order, saga)));
  }

  private Story told(Order order, SagaStanding standing) {
    var sheet = new Sheet(MOST, System.nanoTime() + PATIENCE.toNanos());
    var saga = standing.saga();
    var pieces = Question.ask(() -> stock.of(saga, order));
    var money = Question.ask(() -> payments.of(saga));
    var letters = Question.ask(() -> mails.of(order));
    write(sheet, order.id());

    var own = outbox.about(order.id(), MOST).stream().map(Stories::told).toList();
    var paid =
        sheet
            .answer(money, PaymentHistory.SERVICE, Part.PAYMENT, Part.EVENT)
            .orElse(new Chapter(List.of(), List.of()));
    sheet.write(paid.entries());
    sheet.write(own.stream().map(Told::entry).toList());
    sheet.write(paid.events().stream().map(Told::entry).toList());
    var events = newest(own, paid.events());
    var ids = events.stream().map(Told::id).toList();
    var read = Question.ask(() -> mails.reading(ids));
    write(sheet, events, Optional.of(reading(ids)));
    if (events.size() == MOST) {
      sheet.shorten(Part.DELIVERY);
    }

    sheet.write(sheet.answer(pieces, StockHistory.SERVICE, Part.STOCK).orElse(List.of()));
    sheet.write(sheet.answer(letters, MailHistory.SERVICE, Part.MAIL).orElse(List.of()));
    write(sheet, events, sheet.answer(read, MailHistory.SERVICE, Part.DELIVERY));
    return sheet.story(order, standing, book.traceId(order.id()).orElse(null));
  }

  /** Of so many it is asked who has read them. */
  private static List<Told> newest(List<Told> own, List<Told> paid) {
    return Stream.concat(own.stream(), paid.stream())
        .sorted(Comparator.comparing(Told::occurredAt).reversed())
        .limit(MOST)
        .toList()
        .reversed();
  }

  /** What this service has written down. */
  private void write(Sheet sheet, UUID orderId) {
    sheet.write(book.steps(orderId, MOST));
    sheet.write(book.failures(orderId, MOST));
    sheet.write(book.actions(orderId, MOST));
  }

  private static void write(Sheet sheet, List<Told> events, Optional<Reading> reading) {
    var known = Instant.now().minus(Receipts.KEPT);
    reading.ifPresent(it -> sheet.write(it.entries(events, known)));
  }

  private Reading reading(List<UUID> eventIds) {
    return new Reading(
        SERVICE,
        receipts.consumers(),
        receipts.of(eventIds).stream()
            .map(it -> new Receipt(it.eventId(), it.consumer(), it.takenAt()))
            .toList());
  }

  private static Told told(Publication event) {
    return new Told(
        SERVICE,
        event.id(),
        event.type(),
        event.occurredAt(),
        event.sentAt(),
        event.refusals(),
        event.retryAt(),
        event.traceId());
  }
}
