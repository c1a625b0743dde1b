package io.cosmichub.chart;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@link ChartRecord}. */
final class ChartRecordLayout {
  /*
   * Layout v1 (integers big-endian, n = varint, z = zig-zag varint):
   *
   *   1    version
   *   n    life
   *   n    revision                     the highest of the registers
   *   z    effective at
   *   2    mask of bodies present
   *   2    mask of bodies with a speed
   *   n    number of groups of registers that were set by the same revision, the highest first
   *   n+n  of each group: the highest revision less its own (never set counts as revision −1), and
   *        the mask of its registers: bit 0..15 bodies, 16 cusps, 17 cohorts
   *   4*   longitude of each body present
   *   z*   speed of each body with one
   *   1    1 if there are cusps; then 12 × 4
   *   n    number of cohorts; then each as n bytes of UTF-8
   *   n    revision − published revision
   *   z    published effective at
   *   2    mask of bodies whose published longitude differs from the current one
   *   4*   published longitude of each of those, −1 = absent
   *
   * A chart of ten bodies with speeds, set by one full update, takes about 100 bytes.
   *
   * Layout v1 is of a chart of which no cohort was published; layout v2 is the same of one whose
   * published cohorts are the current ones.
   */
  private static final int NO_COHORT_PUBLISHED = 1;
  private static final int COHORTS_PUBLISHED = 2;

  private ChartRecordLayout() {}

  /** The versioned bytes of a chart. */
  static byte[] bytes(ChartRecord chart) {
    PublishedChart published = chart.published();
    int version = published.cohorts().isEmpty() ? NO_COHORT_PUBLISHED : COHORTS_PUBLISHED;
    LayoutWriter out = new LayoutWriter(version, 160);
    out.putVarLong(chart.life());
    out.putVarLong(chart.revision());
    out.putZigZag(chart.effectiveAt());
    int present = 0;
    int withSpeed = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = chart.position(slot);
      if (position != null) {
        present |= 1 << slot;
        withSpeed |= position.hasSpeed() ? 1 << slot : 0;
      }
    }
    out.putShort(present);
    out.putShort(withSpeed);
    writeRevisions(chart, out);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = chart.position(slot);
      if (position != null) {
        out.putInt(position.longitude());
      }
    }
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = chart.position(slot);
      if (position != null && position.hasSpeed()) {
        out.putZigZag(position.speed());
      }
    }
    int[] cusps = chart.cuspsShared();
    out.putByte(cusps == null ? 0 : 1);
    if (cusps != null) {
      for (int cusp : cusps) {
        out.putInt(cusp);
      }
    }
    out.putVarLong(chart.cohorts().size());
    for (String cohort : chart.cohorts()) {
      out.putString(cohort);
    }
    out.putVarLong(chart.revision() - published.revision());
    out.putZigZag(published.effectiveAt());
    int differs = chart.longitudes().changedMask(published.longitudes());
    out.putShort(differs);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((differs >> slot & 1) != 0) {
        out.putInt(published.longitudes().at(slot));
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #bytes}; {@link IllegalArgumentException} on anything else. */
  static ChartRecord read(byte[] bytes) {
    LayoutReader in =
        new LayoutReader("ChartRecord", bytes, NO_COHORT_PUBLISHED, COHORTS_PUBLISHED);
    int life = in.getVarInt(0, Integer.MAX_VALUE);
    long revision = in.getVarLong();
    long effectiveAt = in.getZigZag();
    int present = in.getShort();
    int withSpeed = in.getShort();
    long[] revisions = readRevisions(in, revision);
    int[] longitudes = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      longitudes[slot] = (present >> slot & 1) == 0 ? MicroDegrees.ABSENT : in.getInt();
    }
    @Nullable Position[] positions = new @Nullable Position[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((present >> slot & 1) != 0) {
        boolean hasSpeed = (withSpeed >> slot & 1) != 0;
        int speed = hasSpeed ? in.getZigZagInt() : Position.UNKNOWN_SPEED;
        positions[slot] = new Position(longitudes[slot], speed);
      }
    }
    int @Nullable [] cusps = null;
    if (in.getByte() != 0) {
      cusps = new int[Houses.COUNT];
      for (int house = 0; house < Houses.COUNT; house++) {
        cusps[house] = in.getInt();
      }
    }
    int cohortCount = in.getVarInt(0, bytes.length);
    List<String> cohorts = new ArrayList<>(cohortCount);
    for (int i = 0; i < cohortCount; i++) {
      cohorts.add(in.getString());
    }
    long publishedRevision = revision - in.getVarLong();
    long publishedAt = in.getZigZag();
    int differs = in.getShort();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((differs >> slot & 1) != 0) {
        longitudes[slot] = in.getInt();
      }
    }
    in.end();
    return new ChartRecord(
        revisions,
        positions,
        cusps,
        List.copyOf(cohorts),
        effectiveAt,
        new PublishedChart(
            life,
            publishedRevision,
            publishedAt,
            Longitudes.of(longitudes),
            in.version() == COHORTS_PUBLISHED ? cohorts : List.of()));
  }

  private static void writeRevisions(ChartRecord chart, LayoutWriter out) {
    long[] revisions = chart.copyRevisions();
    long[] distinct = Arrays.stream(revisions).distinct().sorted().toArray();
    out.putVarLong(distinct.length);
    for (int group = distinct.length - 1; group >= 0; group--) {
      int mask = 0;
      for (int register = 0; register < ChartRecord.REGISTERS; register++) {
        mask |= revisions[register] == distinct[group] ? 1 << register : 0;
      }
      out.putVarLong(chart.revision() - distinct[group]);
      out.putVarLong(mask);
    }
  }

  private static long[] readRevisions(LayoutReader in, long highest) {
    long[] revisions = new long[ChartRecord.REGISTERS];
    int left = ChartRecord.ALL_REGISTERS;
    for (int groups = in.getVarInt(1, ChartRecord.REGISTERS); groups > 0; groups--) {
      long groupRevision = highest - in.getVarLong();
      int mask = in.getVarInt(1, ChartRecord.ALL_REGISTERS);
      for (int register = 0; register < ChartRecord.REGISTERS; register++) {
        if ((mask >> register & 1) != 0) {
          revisions[register] = groupRevision;
        }
      }
      left &= ~mask;
    }
    if (left != 0) {
      throw in.broken("a register without revision");
    }
    return revisions;
  }
}
