package io.cosmichub.contracts;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart as a reader found it, in degrees and unchecked; {@link #toUpdate} holds it against the
 * rules of the contract.
 */
final class ChartDraft {
  private static final int CUSPS = 12;
  private static final int MAX_COHORTS = 64;
  private static final double MAX_SPEED = 2_000;
  private static final double PER_DEGREE = 1e6;

  String chartId = "";
  boolean hasRevision;
  long revision;
  long effectiveAt = ChartUpdate.NO_TIME;
  boolean partial;
  final List<Double> cusps = new ArrayList<>(0);
  final List<String> cohorts = new ArrayList<>(0);
  private final @Nullable PositionDraft[] positions = new @Nullable PositionDraft[Body.COUNT];

  /** A position as found. */
  static final class PositionDraft {
    boolean hasLongitude;
    double longitude;
    boolean hasSpeed;
    double speed;
  }

  /** Takes the position of a body, which must exist and come once. */
  void put(String bodyId, PositionDraft position) throws Refusal {
    Body body = Body.ofId(bodyId);
    if (body == null) {
      throw new Refusal(DeadLetterCode.UNKNOWN_BODY, "positions name a body that does not exist");
    }
    if (positions[body.slot()] != null) {
      throw new Refusal(DeadLetterCode.DUPLICATE_BODY, "positions name " + body.id() + " twice");
    }
    positions[body.slot()] = position;
  }

  /** The update, if id, revision, positions, cusps and cohorts keep the rules. */
  ChartUpdate toUpdate(byte @Nullable [] key) throws Refusal {
    Ids.requireKey(key, Ids.require(chartId, "the chart id"));
    if (!hasRevision) {
      throw new Refusal(DeadLetterCode.REVISION_MISSING, "the chart has no revision");
    }
    if (revision < 0) {
      throw new Refusal(DeadLetterCode.REVISION_NEGATIVE, "the revision is negative");
    }
    ChartUpdate.Builder update =
        ChartUpdate.builder(chartId, revision).effectiveAt(effectiveAt).partial(partial);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      PositionDraft position = positions[slot];
      if (position != null) {
        update.position(slot, new Position(longitude(slot, position), speed(slot, position)));
      }
    }
    if (!cusps.isEmpty()) {
      update.cusps(microDegreesOfCusps());
    }
    return update.cohorts(checkedCohorts()).build();
  }

  private static int longitude(int slot, PositionDraft position) throws Refusal {
    if (!position.hasLongitude) {
      throw new Refusal(
          DeadLetterCode.LONGITUDE_MISSING, "the longitude of " + id(slot) + " is absent");
    }
    if (!Double.isFinite(position.longitude)) {
      throw new Refusal(
          DeadLetterCode.LONGITUDE_NOT_FINITE,
          "the longitude of " + id(slot) + " is not a finite number");
    }
    if (!isLongitude(position.longitude)) {
      throw new Refusal(
          DeadLetterCode.LONGITUDE_OUT_OF_RANGE,
          "the longitude of " + id(slot) + " is not within 0 and 360 degrees, 360 excluded");
    }
    return MicroDegrees.ofDegrees(position.longitude);
  }

  private static int speed(int slot, PositionDraft position) throws Refusal {
    if (!position.hasSpeed) {
      return Position.UNKNOWN_SPEED;
    }
    if (!Double.isFinite(position.speed)) {
      throw new Refusal(
          DeadLetterCode.SPEED_NOT_FINITE, "the speed of " + id(slot) + " is not a finite number");
    }
    if (Math.abs(position.speed) > MAX_SPEED) {
      throw new Refusal(
          DeadLetterCode.SPEED_OUT_OF_RANGE,
          "the speed of " + id(slot) + " is above 2,000 degrees a day");
    }
    return (int) Math.rint(position.speed * PER_DEGREE);
  }

  private int[] microDegreesOfCusps() throws Refusal {
    int[] microDegrees = new int[CUSPS];
    if (cusps.size() != CUSPS) {
      throw new Refusal(
          DeadLetterCode.CUSPS_INVALID, "there are " + cusps.size() + " cusps, not twelve");
    }
    for (int house = 0; house < CUSPS; house++) {
      if (!isLongitude(cusps.get(house))) {
        throw new Refusal(
            DeadLetterCode.CUSPS_INVALID,
            "the cusp of house " + (house + 1) + " is not within 0 and 360 degrees, 360 excluded");
      }
      microDegrees[house] = MicroDegrees.ofDegrees(cusps.get(house));
    }
    return microDegrees;
  }

  /**
   * Sorted: cohorts are a set, and their order on the wire must not make two equal charts differ.
   */
  private List<String> checkedCohorts() throws Refusal {
    if (cohorts.size() > MAX_COHORTS) {
      throw new Refusal(
          DeadLetterCode.COHORTS_INVALID, "there are more than " + MAX_COHORTS + " cohorts");
    }
    cohorts.sort(null);
    for (int i = 0; i < cohorts.size(); i++) {
      if (!Ids.isId(cohorts.get(i))) {
        throw new Refusal(
            DeadLetterCode.COHORTS_INVALID,
            "a cohort's name is empty, longer than 128 characters or holds a control character");
      }
      if (i > 0 && cohorts.get(i).equals(cohorts.get(i - 1))) {
        throw new Refusal(DeadLetterCode.COHORTS_INVALID, "a cohort is named twice");
      }
    }
    return cohorts;
  }

  /** False for NaN, too. */
  private static boolean isLongitude(double degrees) {
    return degrees >= 0 && degrees < 360;
  }

  private static String id(int slot) {
    return Body.ofSlot(slot).id();
  }
}
