package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.security.Caller;
import emporion.contracts.Contract;
import emporion.contracts.Contract.Operation;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/**
 * Holds a service's resources and its documents against each other, both ways: what one of them has
 * and the other has not fails. What can't be read off the classes, the answers, is held by {@link
 * Http} in every test that calls the service.
 */
public final class ContractRules {
  private static final Set<Class<? extends Annotation>> NO_ENTITY =
      Set.of(
          Context.class,
          QueryParam.class,
          PathParam.class,
          HeaderParam.class,
          FormParam.class,
          CookieParam.class,
          MatrixParam.class);

  private final Map<String, Served> methods = new TreeMap<>();
  private final Map<String, Operation> operations;

  private ContractRules(String root, String service) {
    for (var type : Architecture.read(root, new ImportOption.DoNotIncludeTests())) {
      var client = type.isInterface(); // what a service calls at its neighbours
      if (type.isAnnotatedWith(Path.class) && !client) {
        add(type);
      }
    }
    operations =
        Contract.of(service).orElseThrow().operations().stream()
            .collect(Collectors.toMap(Operation::toString, Function.identity()));
  }

  /** One test for the paths, and some for each operation that both know. */
  public static Stream<DynamicTest> rules(String root, String service) {
    var rules = new ContractRules(root, service);
    var both = new TreeSet<>(rules.methods.keySet());
    both.retainAll(rules.operations.keySet());
    var paths =
        DynamicTest.dynamicTest(
            "paths",
            () ->
                assertEquals(
                    String.join("\n", new TreeSet<>(rules.operations.keySet())),
                    String.join("\n", rules.methods.keySet()),
                    "the documents, and the service"));
    return Stream.concat(
        Stream.of(paths),
        both.stream()
            .map(
                name ->
                    DynamicTest.dynamicTest(
                        name, () -> same(rules.operations.get(name), rules.methods.get(name)))));
  }

  private void add(JavaClass type) {
    var resource = type.reflect();
    for (var method : resource.getMethods()) {
      verb(method)
          .ifPresent(
              verb ->
                  methods.put(
                      verb + " " + path(resource.getAnnotation(Path.class), method),
                      new Served(resource, method)));
    }
  }

  /** A method, its own or that of its superclass, at the path of a resource. */
  private record Served(Class<?> resource, Method method) {
    /** The body's type; a superclass leaves it to the resource. */
    private Optional<Class<?>> entity() {
      return Stream.of(method.getParameters())
          .filter(parameter -> NO_ENTITY.stream().noneMatch(parameter::isAnnotationPresent))
          .findFirst()
          .map(Parameter::getParameterizedType)
          .map(this::plain);
    }

    private Class<?> plain(Type type) {
      return switch (type) {
        case Class<?> known -> known;
        case ParameterizedType generic -> plain(generic.getRawType());
        case TypeVariable<?> variable -> plain(argument(variable));
        default -> throw new IllegalArgumentException("No body is a " + type);
      };
    }

    private Type argument(TypeVariable<?> variable) {
      var parent = (ParameterizedType) resource.getGenericSuperclass();
      var names = List.of(resource.getSuperclass().getTypeParameters());
      return parent.getActualTypeArguments()[names.indexOf(variable)];
    }
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(annotation -> annotation != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  /** As documents write it: without the patterns of its parameters. */
  private static String path(Path root, Method method) {
    var own = method.getAnnotation(Path.class);
    var joined = "/" + root.value() + "/" + (own == null ? "" : own.value());
    var single = joined.replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    var plain = new StringBuilder();
    int depth = 0;
    var inPattern = false;
    for (char c : single.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      inPattern = depth > 0 && (inPattern || c == ':');
      if (!inPattern) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static void same(Operation operation, Served served) {
    var method = served.method();
    assertEquals(
        documented(operation.parameters("query")), declared(method, QueryParam.class), "query");
    var headers = documented(operation.parameters("header"));
    headers.removeAll(Set.of("If-Match", "If-None-Match"));
    var read = declared(method, HeaderParam.class);
    read.remove("Authorization");
    assertEquals(headers, read, "headers");
    assertEquals(security(operation), roles(method), "who may");
    assertEquals(
        announcesItsEnd(operation),
        served.resource().isAnnotationPresent(DeprecatedVersion.class),
        "whether it announces its end");
    var entity = served.entity();
    assertEquals(
        entity.isPresent() ? consumed(served) : Set.of(),
        names(body(operation).path("content")),
        "media types of the request");
    entity
        .filter(Class::isRecord)
        .ifPresent(
            type ->
                body(operation)
                    .path("content")
                    .forEach(media -> same(operation, media.path("schema"), type, "")));
  }

  private static boolean announcesItsEnd(Operation operation) {
    return operation.node().path("responses").properties().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .allMatch(response -> operation.resolve(response.getValue()).at("/headers").has("Sunset"));
  }

  private static JsonNode body(Operation operation) {
    return operation.resolve(operation.node().path("requestBody"));
  }

  /** The members of a record, and of the records in it, against those of a schema. */
  private static void same(Operation operation, JsonNode schema, Class<?> type, String at) {
    var whole = operation.resolve(schema);
    var components = Stream.of(type.getRecordComponents()).toList();
    var properties = whole.path("properties");
    assertEquals(
        names(properties),
        components.stream().map(ContractRules::wire).collect(Collectors.toCollection(TreeSet::new)),
        "members of the request" + at);
    var required = new TreeSet<String>();
    whole.path("required").forEach(name -> required.add(name.textValue()));
    assertEquals(
        required,
        components.stream()
            .filter(component -> component.getAccessor().isAnnotationPresent(NotNull.class))
            .map(ContractRules::wire)
            .collect(Collectors.toCollection(TreeSet::new)),
        "required members of the request" + at);
    for (var component : components) {
      var member = operation.resolve(properties.get(wire(component)));
      var place = at + "/" + wire(component);
      assertEquals(
          json(component.getType()),
          member.path("type").asText(),
          "type of the request's " + place);
      if (component.getType().isRecord()) {
        same(operation, member, component.getType(), place);
      } else if (item(component.getGenericType()) instanceof Class<?> item && item.isRecord()) {
        same(operation, member.path("items"), item, place);
      }
    }
  }

  private static Type item(Type list) {
    return list instanceof ParameterizedType type ? type.getActualTypeArguments()[0] : Object.class;
  }

  private static String json(Class<?> type) {
    if (type.isRecord()) {
      return "object";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "array";
    }
    if (type == Boolean.class) {
      return "boolean";
    }
    return Number.class.isAssignableFrom(type) ? "integer" : "string";
  }

  private static String wire(RecordComponent component) {
    return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> documented(Collection<JsonNode> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.get("name").textValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> declared(Method method, Class<? extends Annotation> kind) {
    return Stream.of(method.getParameters())
        .map(parameter -> parameter.getAnnotation(kind))
        .filter(annotation -> annotation != null)
        .map(ContractRules::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String value(Annotation annotation) {
    return annotation instanceof QueryParam query
        ? query.value()
        : ((HeaderParam) annotation).value();
  }

  private static Set<String> consumed(Served served) {
    var consumes =
        Optional.ofNullable(served.method().getAnnotation(Consumes.class))
            .orElseGet(() -> served.resource().getAnnotation(Consumes.class));
    return new TreeSet<>(Set.of(consumes.value()));
  }

  /** The roles, one of which is needed; "anybody", or "signed in" where any will do. */
  private static Set<String> roles(Method method) {
    return rule(method).or(() -> rule(method.getDeclaringClass())).orElse(Set.of("nobody"));
  }

  private static Optional<Set<String>> rule(AnnotatedElement place) {
    if (place.isAnnotationPresent(PermitAll.class)) {
      return Optional.of(Set.of("anybody"));
    }
    return Optional.ofNullable(place.getAnnotation(RolesAllowed.class))
        .map(roles -> Set.of(roles.value()))
        .map(roles -> roles.contains(Caller.SIGNED_IN) ? Set.of("signed in") : roles);
  }

  private static Set<String> security(Operation operation) {
    var security = operation.node().path("security");
    if (security.isEmpty()
        || StreamSupport.stream(security.spliterator(), false).anyMatch(JsonNode::isEmpty)) {
      return Set.of("anybody"); // an empty alternative lets those in who do not say who they are
    }
    return StreamSupport.stream(security.spliterator(), false)
        .map(alternative -> alternative.path("oauth2"))
        .map(scopes -> scopes.isEmpty() ? "signed in" : scopes.get(0).textValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
