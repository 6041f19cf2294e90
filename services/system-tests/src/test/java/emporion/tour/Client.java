package emporion.tour;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import emporion.chassis.clients.RemoteError;
import emporion.client.TimeParameters;
import emporion.client.api.ApiException;
import emporion.client.api.IdentityApi;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * The generated client for Java in the hands of one caller. What people do in the shop goes through
 * it; what a test looks at as HTTP (a status, a header, what no client would send) goes through
 * {@link emporion.chassis.testkit.Http}.
 */
public final class Client {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Set<Integer> BUSY = Set.of(429, 503, 504);

  private static final JacksonJsonProvider JSON =
      new JacksonJsonProvider(
          JsonMapper.builder()
              .addModule(new JavaTimeModule())
              .defaultPropertyInclusion(
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build());

  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();
  private final URI shop;
  private final String token;

  /** Somebody without an account. */
  public Client(URI shop) {
    this(shop, null);
  }

  private Client(URI shop, String token) {
    this.shop = shop;
    this.token = token;
  }

  /** One request; what the shop refuses is an {@link ApiException}. */
  public interface Request<A, T> {
    T send(A api) throws ApiException;
  }

  /** One request, whatever becomes of it. Use {@link #status} to see how it was refused. */
  public <A, T> T once(Class<A> type, Request<A, T> request) throws ApiException {
    return request.send(api(type));
  }

  /**
   * Repeats a request that carries a key, or changes nothing, for as long as there is no time for
   * it, as a careful client does.
   *
   * @throws AssertionError if the shop refuses it
   */
  public <A, T> T ask(Class<A> type, Request<A, T> request) {
    return await("an answer in time")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> answer(type, request), answer -> answer != null);
  }

  private <A, T> T answer(Class<A> type, Request<A, T> request) {
    try {
      return once(type, request);
    } catch (ApiException | WebApplicationException | ProcessingException problem) {
      if (BUSY.contains(status(problem))) {
        return null;
      }
      throw new AssertionError("The shop refuses: " + problem, problem);
    }
  }

  public Client signIn(String username, String password) {
    var tokens =
        ask(
            IdentityApi.class,
            api -> api.issueToken("password", username, password, null, null, null, null));
    return with(tokens.getAccessToken());
  }

  Client with(String token) {
    return new Client(shop, token);
  }

  String token() {
    return token;
  }

  private <A> A api(Class<A> type) {
    return type.cast(apis.computeIfAbsent(type, this::build));
  }

  private Object build(Class<?> type) {
    var builder =
        RestClientBuilder.newBuilder()
            .baseUri(shop)
            .connectTimeout(10, TimeUnit.SECONDS)
            .readTimeout(60, TimeUnit.SECONDS)
            .register(JSON)
            .register(TimeParameters.class);
    if (token != null) {
      ClientRequestFilter signed =
          request -> request.getHeaders().putSingle("Authorization", "Bearer " + token);
      builder.register(signed);
    }
    return builder.build(type);
  }

  /**
   * Of the answer; 0 where there was none. Jersey wraps what the client's mapper makes of it, or
   * that of the chassis, whose test kit is on the class path.
   */
  public static int status(Throwable problem) {
    for (var cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException refused) {
        return refused.getResponse().getStatus();
      }
      if (cause instanceof RemoteError refused) {
        return refused.status();
      }
    }
    return 0;
  }
}
