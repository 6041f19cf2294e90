package emporion.chassis.grpc;

import emporion.chassis.discovery.Call;
import emporion.chassis.discovery.Instance;
import emporion.chassis.discovery.Neighbour;
import emporion.chassis.discovery.NoInstanceException;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A connection to each instance of a neighbour, kept open; each call goes to one that is connected.
 * Where none is, calls wait for those that try, and fail where all have failed. All methods are
 * called one after the other, as grpc-java promises; the picker is not.
 */
final class Balancer extends LoadBalancer {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Helper helper;
  private final Map<Instance, Connection> connections = new HashMap<>();
  private Neighbour neighbour;

  /** A subchannel, and how it is. */
  private static final class Connection {
    private final Subchannel subchannel;
    private ConnectivityState state;
    private Status failure = Status.UNAVAILABLE;

    Connection(Subchannel subchannel, ConnectivityState state) {
      this.subchannel = subchannel;
      this.state = state;
    }
  }

  Balancer(Helper helper) {
    this.helper = helper;
  }

  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses found) {
    neighbour = found.getAttributes().get(InstancesProvider.NEIGHBOUR);
    var addresses =
        found.getAddresses().stream()
            .collect(
                Collectors.toMap(
                    address -> address.getAttributes().get(InstancesProvider.INSTANCE),
                    address -> address));
    for (var gone : Set.copyOf(connections.keySet())) {
      if (!addresses.containsKey(gone)) {
        connections.remove(gone).subchannel.shutdown();
      }
    }
    addresses.forEach(this::connect);
    update();
    return Status.OK;
  }

  private void connect(Instance instance, EquivalentAddressGroup address) {
    var known = connections.get(instance);
    if (known != null) {
      known.subchannel.updateAddresses(List.of(address));
      return;
    }
    open(instance, List.of(address), ConnectivityState.CONNECTING);
  }

  private void open(
      Instance instance, List<EquivalentAddressGroup> addresses, ConnectivityState state) {
    var connection =
        new Connection(
            helper.createSubchannel(
                CreateSubchannelArgs.newBuilder().setAddresses(addresses).build()),
            state);
    connections.put(instance, connection);
    connection.subchannel.start(now -> changed(instance, connection, now));
    connection.subchannel.requestConnection();
  }

  private void changed(Instance instance, Connection connection, ConnectivityStateInfo now) {
    if (connections.get(instance) != connection) {
      return;
    }
    if (now.getState() == ConnectivityState.IDLE) {
      connection.subchannel.requestConnection();
    }
    // Who has failed counts as failed until it is connected again, however often it tries.
    boolean triesAgain =
        connection.state == ConnectivityState.TRANSIENT_FAILURE
            && now.getState() != ConnectivityState.READY;
    if (!triesAgain) {
      connection.state = now.getState();
    }
    if (now.getState() == ConnectivityState.TRANSIENT_FAILURE) {
      connection.failure = now.getStatus();
      helper.refreshNameResolution();
      helper
          .getSynchronizationContext()
          .schedule(
              () -> renew(instance, connection),
              PAUSE.toMillis(),
              TimeUnit.MILLISECONDS,
              helper.getScheduledExecutorService());
    }
    update();
  }

  /** Tries anew: grpc-java's own pauses grow to two minutes, behind which somebody is long back. */
  private void renew(Instance instance, Connection failed) {
    if (connections.get(instance) == failed
        && failed.state == ConnectivityState.TRANSIENT_FAILURE) {
      var addresses = failed.subchannel.getAllAddresses();
      failed.subchannel.shutdown();
      open(instance, addresses, ConnectivityState.TRANSIENT_FAILURE);
    }
  }

  private void update() {
    var ready = new HashMap<Instance, Subchannel>();
    connections.forEach(
        (instance, connection) -> {
          if (connection.state == ConnectivityState.READY) {
            ready.put(instance, connection.subchannel);
          }
        });
    if (!ready.isEmpty()) {
      var unfit = connections.keySet().stream().filter(one -> !ready.containsKey(one)).toList();
      helper.updateBalancingState(
          ConnectivityState.READY, new Picker(neighbour, Map.copyOf(ready), unfit));
    } else if (connections.values().stream()
        .allMatch(one -> one.state == ConnectivityState.TRANSIENT_FAILURE)) {
      helper.updateBalancingState(
          ConnectivityState.TRANSIENT_FAILURE,
          new FixedResultPicker(PickResult.withError(nobody())));
    } else {
      helper.updateBalancingState(
          ConnectivityState.CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
    }
  }

  private Status nobody() {
    return connections.values().stream()
        .map(one -> one.failure)
        .findAny()
        .orElse(Status.UNAVAILABLE)
        .withDescription("No instance of " + neighbour.name() + " can be reached");
  }

  @Override
  public void handleNameResolutionError(Status error) {
    helper.updateBalancingState(
        ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
  }

  @Override
  public void shutdown() {
    connections.values().forEach(one -> one.subchannel.shutdown());
    connections.clear();
  }

  /** Chooses among those that are connected. */
  private static final class Picker extends SubchannelPicker {
    private final Neighbour neighbour;
    private final Map<Instance, Subchannel> ready;
    private final List<Instance> unfit;

    Picker(Neighbour neighbour, Map<Instance, Subchannel> ready, List<Instance> unfit) {
      this.neighbour = neighbour;
      this.ready = ready;
      this.unfit = unfit;
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs call) {
      var attempt = call.getCallOptions().getOption(Attempt.KEY);
      try {
        var instance = pick(attempt);
        var subchannel = ready.get(instance);
        return subchannel == null
            ? PickResult.withNoResult() // it has just come; the next picker knows it
            : PickResult.withSubchannel(subchannel, tracer(instance, attempt));
      } catch (NoInstanceException e) {
        return PickResult.withNoResult();
      }
    }

    private Instance pick(Attempt attempt) {
      if (attempt != null && attempt.avoided() != null && ready.size() > 1) {
        var without = new ArrayList<>(unfit);
        without.add(attempt.avoided());
        return neighbour.pick(without);
      }
      return neighbour.pick(unfit);
    }

    private ClientStreamTracer.Factory tracer(Instance instance, Attempt attempt) {
      return new ClientStreamTracer.Factory() {
        @Override
        public ClientStreamTracer newClientStreamTracer(
            ClientStreamTracer.StreamInfo info, Metadata headers) {
          if (attempt != null) {
            attempt.goesTo(instance);
          }
          return new Counted(neighbour.begin(instance));
        }
      };
    }
  }

  /** Tells how a call has ended. */
  private static final class Counted extends ClientStreamTracer {
    private final Call call;

    Counted(Call call) {
      this.call = call;
    }

    @Override
    public void streamClosed(Status status) {
      if (status.getCode() == Status.Code.CANCELLED) {
        call.abandoned();
      } else if (Attempt.SICK.contains(status.getCode())) {
        call.failed();
      } else {
        call.succeeded();
      }
    }
  }
}
