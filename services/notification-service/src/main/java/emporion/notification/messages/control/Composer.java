package emporion.notification.messages.control;

import emporion.notification.adapter.Templates;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Letter;
import emporion.notification.messages.entity.OrderNews;
import emporion.notification.messages.entity.Reader;
import emporion.notification.messages.entity.RefundNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes the mails, each in the language of its reader. */
@ApplicationScoped
class Composer {
  private static final int LONGEST_SUBJECT = 140;
  private static final int LONGEST_NAME_IN_SUBJECT = 80;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+([_-][a-z0-9]+)*");

  private Templates templates;
  private String shop;
  private String shopUri;
  private String contact;

  Composer() {}

  @Inject
  Composer(
      Templates templates,
      @ConfigProperty(name = "emporion.shop.name") String shop,
      @ConfigProperty(name = "emporion.shop.uri") String shopUri,
      @ConfigProperty(name = "emporion.shop.contact") String contact) {
    this.templates = templates;
    this.shop = shop;
    this.shopUri = shopUri;
    this.contact = contact;
  }

  Letter welcome(Reader reader) {
    return letter(Kind.USER_REGISTERED, reader, new Welcome(shop, shopUri, reader.name()));
  }

  Letter moved(Reader reader) {
    return letter(Kind.EMAIL_CHANGED, reader, warning(reader.name()));
  }

  Letter newPassword(Reader reader) {
    return letter(Kind.PASSWORD_CHANGED, reader, warning(reader.name()));
  }

  Letter anotherRole(Reader reader, String role) {
    var model = new Role(shop, shopUri, reader.name(), contact, readable(role, reader.language()));
    return letter(Kind.ROLE_CHANGED, reader, model);
  }

  /** Without a name, which is forgotten already. */
  Letter farewell(Reader reader) {
    return letter(Kind.USER_ERASED, reader, warning(""));
  }

  private Warning warning(String name) {
    return new Warning(shop, shopUri, name, contact);
  }

  /** With a mark where the link belongs, which is made when the mail leaves. */
  Letter reset(UUID resetId, Reader reader) {
    return letter(
        Kind.PASSWORD_RESET_REQUESTED,
        reader,
        new Reset(shop, shopUri, reader.name(), ResetLinks.mark(resetId)));
  }

  /** About an order, whatever the kind of news. */
  Letter order(Kind kind, OrderNews news, Reader reader) {
    var items = news.items();
    return letter(
        kind,
        reader,
        new AboutOrder(
            shop,
            shopUri,
            reader.name(),
            news.orderId(),
            items.isEmpty() ? "" : cut(items.getFirst().name(), LONGEST_NAME_IN_SUBJECT),
            items.size() > 1 ? Integer.toString(items.size() - 1) : "",
            readable(news.why(), reader.language()),
            items.stream().map(item -> Line.of(item, reader.locale())).toList(),
            news.total().shown(reader.locale())));
  }

  Letter refund(RefundNews news, Reader reader) {
    var amount = news.amount().shown(reader.locale());
    return letter(
        Kind.PAYMENT_REFUNDED,
        reader,
        new Refund(shop, shopUri, reader.name(), news.orderId(), amount));
  }

  private Letter letter(Kind kind, Reader reader, Record model) {
    var language = reader.language();
    var subject = templates.render(language, kind.wire() + ".subject", model).strip();
    return new Letter(
        cut(subject, LONGEST_SUBJECT),
        templates.render(language, kind.wire() + ".txt", model),
        templates.render(language, kind.wire() + ".html", model));
  }

  /** A reason is a slug or a sentence: {@code out_of_stock} becomes words, of that language. */
  private String readable(String reason, String language) {
    return templates
        .word(language, reason)
        .orElseGet(
            () ->
                SLUG.matcher(reason).matches()
                    ? reason.replace('_', ' ').replace('-', ' ')
                    : reason);
  }

  /** Never between the halves of a character. */
  private static String cut(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + "…";
  }

  private record Welcome(String shop, String shopUri, String name) {}

  private record Warning(String shop, String shopUri, String name, String contact) {}

  private record Role(String shop, String shopUri, String name, String contact, String role) {}

  private record Reset(String shop, String shopUri, String name, String link) {}

  private record AboutOrder(
      String shop,
      String shopUri,
      String name,
      UUID order,
      String first,
      String more,
      String reason,
      List<Line> lines,
      String total) {}

  private record Line(String product, int quantity, String each, String sum) {
    static Line of(OrderNews.Item item, Locale language) {
      return new Line(
          item.name(),
          item.quantity(),
          item.unitPrice().shown(language),
          item.unitPrice().shown(item.quantity(), language));
    }
  }

  private record Refund(String shop, String shopUri, String name, UUID order, String amount) {}
}
