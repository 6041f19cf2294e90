package emporion.product.catalogue.boundary;

import emporion.product.adapter.grpc.ProductLookup;
import emporion.product.catalogue.control.Catalogue;
import emporion.product.catalogue.entity.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** {@code product.v1.ProductService}: what is published, for everybody. */
@ApplicationScoped
public class GrpcProducts implements ProductLookup {
  private Catalogue catalogue;

  GrpcProducts() {}

  @Inject
  GrpcProducts(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public List<Found> published(List<UUID> ids) {
    return catalogue.published(ids).stream().map(GrpcProducts::found).toList();
  }

  private static Found found(Offer offer) {
    return new Found(
        offer.id(), offer.name(), offer.priceAmount(), offer.priceCurrency(), offer.available());
  }
}
