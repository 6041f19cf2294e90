package emporion.notification.messages.control;

import emporion.notification.adapter.Templates;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Letter;
import emporion.notification.messages.entity.OrderNews;
import emporion.notification.messages.entity.RefundNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes the mails. */
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

  Letter welcome(String name) {
    return letter(Kind.USER_REGISTERED, new Welcome(shop, shopUri, name));
  }

  Letter moved(String name) {
    return letter(Kind.EMAIL_CHANGED, new Warning(shop, shopUri, name, contact));
  }

  Letter newPassword(String name) {
    return letter(Kind.PASSWORD_CHANGED, new Warning(shop, shopUri, name, contact));
  }

  Letter anotherRole(String name, String role) {
    return letter(Kind.ROLE_CHANGED, new Role(shop, shopUri, name, contact, readable(role)));
  }

  /** Without a name, which is forgotten already. */
  Letter farewell() {
    return letter(Kind.USER_ERASED, new Warning(shop, shopUri, "", contact));
  }

  /** With a mark where the link belongs, which is made when the mail leaves. */
  Letter reset(UUID resetId, String name) {
    return letter(
        Kind.PASSWORD_RESET_REQUESTED, new Reset(shop, shopUri, name, ResetLinks.mark(resetId)));
  }

  /** About an order, whatever the kind of news. */
  Letter order(Kind kind, OrderNews news, String name) {
    return letter(
        kind,
        new AboutOrder(
            shop,
            shopUri,
            name,
            news.orderId(),
            goods(news.items()),
            readable(news.why()),
            news.items().stream().map(Line::of).toList(),
            news.total().shown()));
  }

  Letter refund(RefundNews news, String name) {
    return letter(
        Kind.PAYMENT_REFUNDED,
        new Refund(shop, shopUri, name, news.orderId(), news.amount().shown()));
  }

  private Letter letter(Kind kind, Record model) {
    var subject = templates.render(kind.wire() + ".subject", model).strip();
    return new Letter(
        cut(subject, LONGEST_SUBJECT),
        templates.render(kind.wire() + ".txt", model),
        templates.render(kind.wire() + ".html", model));
  }

  private static String goods(List<OrderNews.Item> items) {
    if (items.isEmpty()) {
      return "your order";
    }
    var first = cut(items.getFirst().name(), LONGEST_NAME_IN_SUBJECT);
    return items.size() == 1 ? first : first + " and " + (items.size() - 1) + " more";
  }

  /** A reason is a slug or a sentence: {@code out_of_stock} becomes words. */
  private static String readable(String reason) {
    return SLUG.matcher(reason).matches() ? reason.replace('_', ' ').replace('-', ' ') : reason;
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
      String goods,
      String reason,
      List<Line> lines,
      String total) {}

  private record Line(String product, int quantity, String each, String sum) {
    static Line of(OrderNews.Item item) {
      return new Line(
          item.name(),
          item.quantity(),
          item.unitPrice().shown(),
          item.unitPrice().shown(item.quantity()));
    }
  }

  private record Refund(String shop, String shopUri, String name, UUID order, String amount) {}
}
