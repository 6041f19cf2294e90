package emporion.tour;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one shop of this run to every class that asks for it, and ends it after the last. */
public final class RunningShop implements ParameterResolver {
  private static final Namespace HERE = Namespace.create(RunningShop.class);

  private record Lease(Shop shop) implements CloseableResource {
    @Override
    public void close() {
      shop.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Shop.class;
  }

  @Override
  public Shop resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .getOrComputeIfAbsent("shop", key -> new Lease(new Shop().validated()), Lease.class)
        .shop();
  }
}
