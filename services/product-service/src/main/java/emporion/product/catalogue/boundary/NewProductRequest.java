package emporion.product.catalogue.boundary;

/** How one version of the API asks for a product. */
public interface NewProductRequest {
  NewProduct toNewProduct();
}
