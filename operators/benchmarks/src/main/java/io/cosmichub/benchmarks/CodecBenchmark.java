package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.EventTime;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.AspectsReducer;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do the codecs cost a message, in either format? {@code ./run bench codecs}; with {@code
 * -prof gc} it says how much they allocate, too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class CodecBenchmark {

  private static final long NOW = 1_767_225_600_000L;
  private static final int BODIES = 10;

  /** The format on the wire. */
  @Param({"PROTOBUF", "JSON"})
  public Format format = Format.PROTOBUF;

  private InputRecord chart = new InputRecord("", 0, 0, 0, null, null, List.of());
  private InputRecord move = chart;
  private PairUpdate update = update(new Random(1));
  private ChartUpdateDecoder decoder = new ChartUpdateDecoder(0, Clock.systemUTC());
  private PairUpdateEncoder encoder =
      new PairUpdateEncoder(Format.JSON, AspectPolicy.classic(), "");

  /** A chart of ten bodies with speeds, the move of one, and the pair update that it causes. */
  @Setup(Level.Trial)
  public void draw() {
    Random random = new Random(1);
    InputEncoder inputs = new InputEncoder(format);
    ChartUpdate.Builder full = ChartUpdate.builder("person-0244", 7).effectiveAt(NOW);
    for (int slot = 0; slot < BODIES; slot++) {
      full.position(slot, new Position(random.nextInt(360_000_000), random.nextInt(1_000_000)));
    }
    chart = input(inputs.chart(full.build()));
    move =
        input(
            inputs.chart(
                ChartUpdate.builder("person-0244", 8)
                    .effectiveAt(NOW)
                    .partial(true)
                    .position(Body.MOON, new Position(random.nextInt(360_000_000), 13_000_000))
                    .build()));
    decoder = new ChartUpdateDecoder(0, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    encoder = new PairUpdateEncoder(format, AspectPolicy.classic(), "rules/classic@1");
    update = update(random);
  }

  /** A full chart. */
  @Benchmark
  public Decoded<ChartUpdate> decodeChart() {
    return decoder.decode(chart);
  }

  /** The move of one body. */
  @Benchmark
  public Decoded<ChartUpdate> decodeMove() {
    return decoder.decode(move);
  }

  /** The event time of a move, as the source reads it. */
  @Benchmark
  public long eventTimeOfMove() {
    return EventTime.of(move);
  }

  /** All records of a pair update: delta, full set, score and live. */
  @Benchmark
  public void encodeUpdate(Blackhole out) {
    encoder.encode(update, out::consume, out::consume);
  }

  private static InputRecord input(OutputRecord record) {
    return new InputRecord(
        record.topic(), 0, 0, NOW, record.key(), record.value(), record.headers());
  }

  private static PairUpdate update(Random random) {
    AspectPolicy policy = AspectPolicy.classic();
    ReferenceKernel kernel = new ReferenceKernel(policy);
    int all = policy.bodyMask();
    Longitudes a = longitudes(random);
    Longitudes b = longitudes(random);
    Longitudes moved = a.with(Body.MOON.slot(), (a.at(Body.MOON.slot()) + 500_000) % 360_000_000);
    AspectsReducer reducer = new AspectsReducer(policy, kernel::aspects);
    PairWork whole =
        new PairWork(
            "couple-0001",
            PairWork.Kind.COMPUTE,
            true,
            "person-0244",
            "person-0118",
            7,
            3,
            a,
            b,
            all,
            all,
            NOW,
            NOW);
    AspectSet first = kernel.aspects(a, b, all, all);
    int moon = Body.MOON.bit();
    PairWork move =
        new PairWork(
            "couple-0001",
            PairWork.Kind.COMPUTE,
            false,
            "person-0244",
            "person-0118",
            8,
            3,
            moved,
            b,
            moon,
            0,
            NOW,
            NOW,
            a.only(moon));
    return Objects.requireNonNull(
        reducer
            .apply(
                reducer.apply(null, whole, first).after(), move, kernel.aspects(moved, b, moon, 0))
            .update());
  }

  private static Longitudes longitudes(Random random) {
    Longitudes longitudes = Longitudes.NONE;
    for (int slot = 0; slot < BODIES; slot++) {
      longitudes = longitudes.with(slot, random.nextInt(360_000_000));
    }
    return longitudes;
  }
}
