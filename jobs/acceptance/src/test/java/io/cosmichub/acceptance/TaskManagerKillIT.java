package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.contracts.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker, a job manager and two task managers as processes of their own; one task manager is
 * killed in mid-stream, and a read-committed consumer sees each delta exactly once.
 */
final class TaskManagerKillIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int COUPLES = 100;
  private static final int STEPS_BEFORE = 6_000;
  private static final int STEPS_AFTER = 12_000;
  private static final int STEPS_AT_ONCE = 50;
  private static final Map<String, String> TOOLS =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final List<Long> processes = new ArrayList<>();

  private final Path directory;

  TaskManagerKillIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void noProcessOutlives() {
    cluster("down", "--purge");
    assertThat(processes).hasSize(4).noneMatch(TaskManagerKillIT::alive);
  }

  @Test
  void aKilledTaskManagerLosesAndDoublesNothing() {
    cluster("up", "--task-managers", "2");
    Map<String, String> env = environment();
    for (String name : List.of("BROKER_PID", "JM_PID", "TM1_PID", "TM2_PID")) {
      processes.add(Long.parseLong(value(env, name)));
    }
    cluster("submit", "--parallelism", "2", "--", "--cosmichub.checkpoint.interval=1s");
    String job = value(environment(), "JOB_ID");
    String rest = value(env, "REST_URL");
    Await.until(
        "the job running", LIMIT, () -> running(rest, job, 2), () -> state(rest, job).toString());

    Movement movement = new Movement(Goldens.couplesApart(COUPLES), Goldens.people());
    try (Inputs in = new Inputs(value(env, "BOOTSTRAP_SERVERS"), Format.JSON);
        Outputs out = new Outputs(value(env, "BOOTSTRAP_SERVERS"), Outputs.SYNASTRY)) {
      movement.begin(in);
      out.await("every pair's first aspects", LIMIT, () -> movement.begun(out));
      stream(movement, in, out, STEPS_BEFORE);
      int committedBefore = out.deltaCount();
      assertThat(movement.total())
          .as("the kill comes in mid-stream")
          .isGreaterThan(committedBefore);

      long killed = System.nanoTime();
      Child.kill("KILL", Long.parseLong(value(env, "TM1_PID")));
      long totalAtKill = movement.total();
      long recovered = stream(movement, in, out, STEPS_AFTER, totalAtKill);
      in.flush();
      out.await("every delta", LIMIT, () -> movement.missing(out) <= 0);
      out.drain(LIMIT);
      if (recovered == 0) {
        recovered = System.nanoTime();
      }

      // Flink's REST endpoint answers from what it fetched some seconds ago.
      Await.until("the kill felt by the job", LIMIT, () -> metric(rest, job, "numRestarts") > 0);
      int restarts = metric(rest, job, "numRestarts");
      System.out.printf(
          "task manager killed at %,d of %,d moves: %,d deltas expected, %,d committed before the kill, %,d seen; lost %d, doubled %d, "
              + "restarts %d, first delta from after the kill committed after %.1f s%n",
          STEPS_BEFORE,
          movement.steps(),
          movement.total(),
          committedBefore,
          out.deltaCount(),
          movement.lost(out),
          movement.doubled(out),
          restarts,
          (recovered - killed) / 1e9);
      movement.assertExactlyOnce(out);
      assertThat(restarts).isPositive();
      assertThat(alive(Long.parseLong(value(env, "TM1_PID")))).isFalse();
    }
  }

  private static void stream(Movement movement, Inputs in, Outputs out, int steps) {
    stream(movement, in, out, steps, Long.MAX_VALUE);
  }

  /**
   * Sends at the pace at which it reads; the moment at which more than {@code mark} deltas were
   * committed, 0 if that did not come.
   */
  private static long stream(Movement movement, Inputs in, Outputs out, int steps, long mark) {
    long reached = 0;
    for (int i = 0; i < steps; i++) {
      movement.step(in);
      if (i % STEPS_AT_ONCE == 0) {
        out.poll();
      }
      if (reached == 0 && out.deltaCount() > mark) {
        reached = System.nanoTime();
      }
    }
    return reached;
  }

  private String cluster(String command, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of(Checkout.file("run").toString(), "cluster", command));
    line.addAll(List.of("--data-dir", directory.resolve("cluster").toString()));
    if (command.equals("up") || command.equals("submit")) {
      line.add("--no-build");
    }
    line.addAll(List.of(arguments));
    return Child.run(line, Checkout.root(), TOOLS, directory.resolve(command + ".txt"), LIMIT);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    try {
      for (String line : Files.readAllLines(directory.resolve("cluster/cluster.env"))) {
        String[] parts = line.split("=", 2);
        environment.put(parts[0], parts.length == 2 ? parts[1] : "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return environment;
  }

  private static String value(Map<String, String> environment, String name) {
    return Objects.requireNonNull(environment.get(name), name);
  }

  /** Whether the job and every one of its tasks runs, on so many task managers. */
  private boolean running(String rest, String job, int taskManagers) {
    JsonNode state = state(rest, job);
    if (!state.path("state").asText().equals("RUNNING")) {
      return false;
    }
    for (JsonNode vertex : state.path("vertices")) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return get(rest + "/taskmanagers").path("taskmanagers").size() == taskManagers;
  }

  private JsonNode state(String rest, String job) {
    return get(rest + "/jobs/" + job);
  }

  private int metric(String rest, String job, String name) {
    return get(rest + "/jobs/" + job + "/metrics?get=" + name).path(0).path("value").asInt();
  }

  private JsonNode get(String address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10)).build();
    try {
      return mapper.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A process that ended and that nobody has waited for yet still has an id, but no command. */
  private static boolean alive(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().command())
        .isPresent();
  }
}
