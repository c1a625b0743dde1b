package io.cosmichub.pipeline;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A real couple, the Sun of A moving by 3.5 degrees, and the deltas of both, which other code
 * computed: the first is the product's own answer.
 */
final class Couple {

  static final String PAIR = "couple-0001";
  static final String CHART_A = "person-0244";
  static final String CHART_B = "person-0118";

  private Couple() {}

  static Message chartA() {
    return new Message(Topics.CHART_UPDATES, CHART_A, resource("chart-a.json"));
  }

  /** The same full chart on the topic of moves, where it is as good. */
  static Message chartAAsMove() {
    return new Message(Topics.CHART_MOVES, CHART_A, resource("chart-a.json"));
  }

  static Message chartB() {
    return new Message(Topics.CHART_UPDATES, CHART_B, resource("chart-b.json"));
  }

  static Message watch() {
    return new Message(Topics.PAIR_WATCHES, PAIR, resource("watch.json"));
  }

  static Message sunOfAMoves() {
    return new Message(Topics.CHART_MOVES, CHART_A, resource("move.json"));
  }

  /** The expected changes of delta {@code sequence}, a line each, as {@link #lines} writes them. */
  static List<String> expected(int sequence) {
    return resource("deltas.csv").lines().filter(line -> line.startsWith(sequence + ",")).toList();
  }

  /**
   * The changes of an update, a line each: sequence, bodies, kind, aspect and orb after, aspect and
   * orb before.
   */
  static List<String> lines(PairUpdate update) {
    return update.changes().stream().map(change -> line(update.sequence(), change)).toList();
  }

  private static String line(long sequence, CellChange change) {
    return String.join(
        ",",
        Long.toString(sequence),
        Body.ofSlot(change.row()).id(),
        Body.ofSlot(change.col()).id(),
        change.kind().name(),
        hit(change.after()),
        hit(change.before()));
  }

  private static String hit(int hit) {
    if (hit == 0) {
      return ",";
    }
    int orb = Hit.orb(hit);
    return "%s,%d.%06d"
        .formatted(
            AspectPolicy.classic().aspect(Hit.code(hit)).id(), orb / 1_000_000, orb % 1_000_000);
  }

  private static String resource(String name) {
    try (InputStream in = Couple.class.getResourceAsStream("couple/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
