package io.cosmichub.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.ErasedMark;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import io.cosmichub.fanout.FanOutCursor;
import io.cosmichub.fanout.Member;
import io.cosmichub.fanout.MemberPage;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.Served;
import io.cosmichub.pair.SideRegister;
import io.cosmichub.pair.WatchEntry;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of state, as they were first written: who changes a layout raises its version and keeps
 * reading these.
 */
final class ByteLayoutsTest {

  record Layout(
      String name,
      Object value,
      Supplier<byte[]> writer,
      Function<byte[], Object> reader,
      String golden) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final AspectSet SET =
      AspectSet.builder()
          .put(0, 1, Hit.of(4, 1_234_567))
          .put(0, 15, Hit.of(31, 0))
          .put(9, 0, Hit.of(1, 10_000_000))
          .build();

  static Stream<Layout> layouts() {
    ChartRecord chart = chart();
    ChartRecord quiet = ChartRecord.fromBytes(HexFormat.of().parseHex("01" + CHART.substring(2)));
    PairRecord pair =
        new PairRecord(
            new SideRegister(
                300,
                "person-0244",
                true,
                1,
                7,
                1_767_225_600_000L,
                Longitudes.NONE.with(0, 89_579_059).with(15, 0)),
            new SideRegister(300, "é", false, 0, -1, ChartUpdate.NO_TIME, Longitudes.NONE),
            false);
    PairRecord oneSided = new PairRecord(null, pair.a(), false);
    PairRecord grouped =
        new PairRecord(
            null,
            new SideRegister(
                300,
                "person-0244",
                true,
                1,
                7,
                1_767_225_600_000L,
                Longitudes.NONE.with(0, 89_579_059).with(15, 0),
                List.of("people", "ö")),
            false);
    PairAspectsRecord aspects = new PairAspectsRecord(300, "classic");
    PairAspectsRecord tried = aspects.scoredBy("m@2|e|arm", new Served("m@2", 0.75, "e", "arm"));
    WatchEntry watch = new WatchEntry("person-0244", "person-0118", -1, 4_611_686_018_427_387_904L);
    ErasedMark mark = new ErasedMark(3, 1_767_225_600_000L);
    MemberPage page =
        new MemberPage(List.of(new Member("couple-0001", 0, 1), new Member("p", 1, -1)));
    FanOutCursor cursor = new FanOutCursor(300, 299, 2);
    return Stream.of(
        new Layout("ChartRecord", chart, chart::toBytes, ChartRecord::fromBytes, CHART),
        new Layout(
            "ChartRecord, no cohort published",
            quiet,
            quiet::toBytes,
            ChartRecord::fromBytes,
            "01" + CHART.substring(2)),
        new Layout("ErasedMark", mark, mark::toBytes, ErasedMark::fromBytes, MARK),
        new Layout("AspectSet", SET, SET::toBytes, AspectSet::fromBytes, ASPECT_SET),
        new Layout(
            "AspectSet.EMPTY",
            AspectSet.EMPTY,
            AspectSet.EMPTY::toBytes,
            AspectSet::fromBytes,
            "010000"),
        new Layout("WatchEntry", watch, watch::toBytes, WatchEntry::fromBytes, WATCH),
        new Layout("PairRecord", pair, pair::toBytes, PairRecord::fromBytes, PAIR),
        new Layout(
            "PairRecord, B only", oneSided, oneSided::toBytes, PairRecord::fromBytes, ONE_SIDED),
        new Layout(
            "PairRecord, in cohorts", grouped, grouped::toBytes, PairRecord::fromBytes, IN_COHORTS),
        new Layout(
            "PairAspectsRecord", aspects, aspects::toBytes, PairAspectsRecord::fromBytes, ASPECTS),
        new Layout(
            "PairAspectsRecord, scored by a model",
            aspects.scoredBy("m@2"),
            aspects.scoredBy("m@2")::toBytes,
            PairAspectsRecord::fromBytes,
            "02ac0207636c6173736963036d4032"),
        new Layout(
            "PairAspectsRecord, in an experiment",
            tried,
            tried::toBytes,
            PairAspectsRecord::fromBytes,
            "03ac0207636c6173736963096d40327c657c61726d036d40323fe8000000000000016503" + "61726d"),
        new Layout("MemberPage", page, page::toBytes, MemberPage::fromBytes, PAGE),
        new Layout(
            "FanOutCursor", cursor, cursor::toBytes, FanOutCursor::fromBytes, "01ac02ab0202"));
  }

  /** A chart with registers behind, a retrograde body, cusps, cohorts and an unpublished step. */
  private static ChartRecord chart() {
    ChartReducer reducer = new ChartReducer(10);
    int[] cusps = new int[12];
    Arrays.setAll(cusps, house -> 30_000_000 * house);
    ChartRecord first =
        reducer
            .apply(
                null,
                ChartUpdate.builder("c", 300)
                    .effectiveAt(1_767_225_600_000L)
                    .position(Body.SUN, new Position(89_579_059, 953_700))
                    .position(Body.MERCURY, new Position(100, -1_383_000))
                    .position(Body.VERTEX, Position.of(359_999_999))
                    .cusps(cusps)
                    .cohorts(List.of("people", "ö"))
                    .build())
            .after();
    ChartRecord second =
        reducer
            .apply(
                first,
                ChartUpdate.builder("c", 301)
                    .partial(true)
                    .effectiveAt(1_767_225_700_000L)
                    .position(Body.MERCURY, new Position(105, -1_383_000))
                    .build())
            .after();
    return Objects.requireNonNull(second);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void bytesAreAsTheyWereFirstWritten(Layout layout) {
    assertThat(HexFormat.of().formatHex(layout.writer().get())).isEqualTo(layout.golden());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void bytesAreReadBackAndWrittenAgain(Layout layout) {
    byte[] bytes = HexFormat.of().parseHex(layout.golden());
    assertThat(layout.reader().apply(bytes)).isEqualTo(layout.value());
  }

  @Test
  void ofAChartWrittenBeforeCohortsWerePublishedNoneIs() {
    ChartRecord old = ChartRecord.fromBytes(HexFormat.of().parseHex("01" + CHART.substring(2)));

    assertThat(old.cohorts()).containsExactly("people", "ö");
    assertThat(old.published().cohorts()).isEmpty();

    ChartReducer.Applied applied =
        new ChartReducer(10)
            .apply(
                old,
                ChartUpdate.builder("c", 302)
                    .partial(true)
                    .position(Body.MERCURY, new Position(106, -1_383_000))
                    .build());
    assertThat(applied.publish()).isTrue();
    ChartRecord after = Objects.requireNonNull(applied.after());
    assertThat(after.published().cohorts()).containsExactly("people", "ö");
    assertThat(after.published().longitudes()).isEqualTo(old.published().longitudes());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void truncatedBytesBytesLeftOverAndOtherVersionsAreRefused(Layout layout) {
    byte[] bytes = layout.writer().get();
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException().isThrownBy(() -> layout.reader().apply(truncated));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.reader().apply(longer))
        .withMessageEndingWith("1 bytes left over");
    for (int version : new int[] {0, 9, 255}) {
      byte[] other = bytes.clone();
      other[0] = (byte) version;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layout.reader().apply(other))
          .withMessageContaining("unknown version " + version);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void damagedBytesAreRefusedOrReadButNeverFailOtherwise(Layout layout) {
    Random random = new Random(9);
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = layout.writer().get();
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(layout.reader().apply(damaged)).isNotNull();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageNotContaining("89579059");
      }
    }
  }

  private static final String CHART =
      "0201ad02c0bae1edee668005000502000401fbff0f0556de3300000069157529ffc8b574afe9"
          + "a801010000000001c9c38003938700055d4a8007270e0008f0d1800aba95000c8458800e4e1c"
          + "001017df8011e1a30013ab6680020670656f706c6502c3b60180a0d5edee66000400000064";
  private static final String MARK = "010380a0d5edee66";
  private static final String ASPECT_SET = "010201800200012012d687f800000008989680";
  private static final String WATCH =
      "010b706572736f6e2d303234340b706572736f6e2d303131380080808080808080808001";
  private static final String PAIR =
      "010bd8040b706572736f6e2d30323434010880a0d5edee6680010556de3300000000d80402c3a90000ffffffffffffffffff01";
  private static final String ONE_SIDED =
      "0112d8040b706572736f6e2d30323434010880a0d5edee6680010556de3300000000";
  private static final String IN_COHORTS =
      "0212d8040b706572736f6e2d30323434010880a0d5edee6680010556de3300000000"
          + "020670656f706c6502c3b6";
  private static final String ASPECTS = "01ac0207636c6173736963";
  private static final String PAGE = "01020b636f75706c652d30303031000201700101";
}
