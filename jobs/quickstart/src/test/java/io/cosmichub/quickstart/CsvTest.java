package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @Test
  void everyColumnOfAChartBecomesAPartOfIt() throws IOException {
    ChartUpdate chart =
        only(
            """
            chart_id,revision,instant_utc,sun,sun_speed,vertex,cusp1,cusp2,cusp3,cusp4,cusp5,cusp6,cusp7,cusp8,cusp9,cusp10,cusp11,cusp12
            me,7,2025-05-01T12:00:00Z,359.999999,0.9875,0,1,31,61,91,121,151,181,211,241,271,301,331
            """);
    assertThat(chart.chartId()).isEqualTo("me");
    assertThat(chart.revision()).isEqualTo(7);
    assertThat(chart.partial()).isFalse();
    assertThat(chart.effectiveAt()).isEqualTo(Instant.parse("2025-05-01T12:00:00Z").toEpochMilli());
    assertThat(chart.position(Body.SUN.slot())).isEqualTo(new Position(359_999_999, 987_500));
    assertThat(chart.position(Body.VERTEX.slot())).isEqualTo(Position.of(0));
    assertThat(chart.positionMask()).isEqualTo(Body.SUN.bit() | Body.VERTEX.bit());
    assertThat(chart.cusps()).hasSize(12).startsWith(1_000_000).endsWith(331_000_000);
  }

  @Test
  void aMissingColumnOrAnEmptyCellIsAMissingBody() throws IOException {
    ChartUpdate chart = only("chart_id,sun,moon,moon_speed,mars\nme,, 12.5 ,,3\n");
    assertThat(chart.revision()).isEqualTo(1);
    assertThat(chart.effectiveAt()).isEqualTo(ChartUpdate.NO_TIME);
    assertThat(chart.positionMask()).isEqualTo(Body.MOON.bit() | Body.MARS.bit());
    assertThat(chart.position(Body.MOON.slot())).isEqualTo(Position.of(12_500_000));
    assertThat(chart.cusps()).isNull();
  }

  @Test
  void headerCaseByteOrderMarkQuotesAndWindowsLinesDoNotMatter() throws IOException {
    ChartUpdate chart = only("\uFEFFChart_ID,\"SUN\"\r\n\"me, myself\",\"10.25\"\r\n");
    assertThat(chart.chartId()).isEqualTo("me, myself");
    assertThat(chart.position(Body.SUN.slot())).isEqualTo(Position.of(10_250_000));
  }

  @Test
  void aCompressedTableIsReadLikeAPlainOne() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("pair_id,chart_a,chart_b\np,a,b\n".getBytes(StandardCharsets.UTF_8));
    }
    try (PairCsv pairs =
        PairCsv.open(CsvTable.open("t", new ByteArrayInputStream(bytes.toByteArray())))) {
      assertThat(pairs.next()).isEqualTo(new PairCsv.Row(2, "p", "a", "b"));
      assertThat(pairs.next()).isNull();
    }
  }

  @Test
  void emptyLinesAreSkippedAndCounted() throws IOException {
    try (PairCsv pairs =
        PairCsv.open(table("pair_id,chart_a,chart_b,note\n\np,a,b,x\n\n\nq,b,c,y"))) {
      assertThat(pairs.ignoredColumns()).containsExactly("note");
      assertThat(pairs.next()).isEqualTo(new PairCsv.Row(3, "p", "a", "b"));
      assertThat(pairs.next()).isEqualTo(new PairCsv.Row(6, "q", "b", "c"));
      assertThat(pairs.next()).isNull();
    }
  }

  @Test
  void columnsThatSayNothingAboutAChartAreNamed() throws IOException {
    try (ChartCsv charts = ChartCsv.open(table("lat,chart_id,sun,suns,cusp13\n"))) {
      assertThat(charts.ignoredColumns()).containsExactly("lat", "suns", "cusp13");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, LONGITUDE_NOT_FINITE",
    "Infinity, LONGITUDE_NOT_FINITE",
    "-0.5, LONGITUDE_OUT_OF_RANGE",
    "360, LONGITUDE_OUT_OF_RANGE",
    "twelve, BROKEN_JSON",
    "1 2, BROKEN_JSON",
    "0x10, BROKEN_JSON",
  })
  void aCellThatIsNoLongitudeIsRefusedByTheDecoder(String cell, DeadLetterCode code)
      throws IOException {
    assertThat(decode(records("chart_id,sun\nme," + cell + "\n").get(0)))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class, malformed -> assertThat(malformed.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "'chart_id,sun\n,1', ID_MISSING",
    "'chart_id,revision,sun\nme,-1,1', REVISION_NEGATIVE",
    "'chart_id,sun,cusp1\nme,1,5', CUSPS_INVALID",
    "'chart_id,sun,instant_utc\nme,1,yesterday', TIMESTAMP_INVALID",
  })
  void otherRowsThatCannotBeAreRefusedByTheDecoder(String text, DeadLetterCode code)
      throws IOException {
    InputRecord record = records(text).get(0);
    assertThat(record.offset()).isEqualTo(2);
    assertThat(decode(record))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class, malformed -> assertThat(malformed.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"07.5", "7.50", "+7.5", "75e-1"})
  void aNumberMayBeWrittenInAnyOfTheUsualWays(String cell) throws IOException {
    assertThat(only("chart_id,sun\nme," + cell + "\n").position(Body.SUN.slot()))
        .isEqualTo(Position.of(MicroDegrees.ofDegrees(7.5)));
  }

  @Test
  void aTableWithoutItsIdIsAnErrorThatNamesWhatThereIs() {
    assertThatThrownBy(() -> ChartCsv.open(table("id,sun\nme,1\n")))
        .isInstanceOf(UsageException.class)
        .hasMessage("table.csv has no column chart_id; its columns are: id, sun");
    assertThatThrownBy(() -> PairCsv.open(table("pair_id,chart_a\n")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no column chart_b");
  }

  @Test
  void aTableThatIsNoneIsAnErrorThatNamesTheLine() {
    assertThatThrownBy(() -> table(""))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("table.csv is empty");
    assertThatThrownBy(() -> table("chart_id,sun,Sun\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("two columns of the name sun");
    assertThatThrownBy(() -> records("chart_id,sun\nme,1\nyou\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("table.csv")
        .hasMessageContaining("3");
    assertThatThrownBy(() -> CsvTable.open(Path.of("no", "such.csv")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("such.csv");
  }

  @Test
  void aRowSaysWhereItIsAndNothingOfWhatItHolds() throws IOException {
    try (ChartCsv charts = ChartCsv.open(table("chart_id,sun\nme,123.456\n"))) {
      assertThat(charts.next()).hasToString("table.csv line 2");
    }
  }

  private static ChartUpdate only(String text) throws IOException {
    List<InputRecord> records = records(text);
    assertThat(records).hasSize(1);
    Decoded<ChartUpdate> decoded = decode(records.get(0));
    if (decoded instanceof Decoded.Value<ChartUpdate> value) {
      return value.value();
    }
    throw new AssertionError(decoded);
  }

  private static Decoded<ChartUpdate> decode(InputRecord record) {
    return new ChartUpdateDecoder(0, CLOCK).decode(record);
  }

  private static List<InputRecord> records(String text) throws IOException {
    List<InputRecord> records = new ArrayList<>();
    try (ChartCsv charts = ChartCsv.open(table(text))) {
      for (ChartCsv.Row row = charts.next(); row != null; row = charts.next()) {
        records.add(CsvMessages.chart(row));
      }
    }
    return records;
  }

  private static CsvTable table(String text) throws IOException {
    return CsvTable.open(
        "table.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
