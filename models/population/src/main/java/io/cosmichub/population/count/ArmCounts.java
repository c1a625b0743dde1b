package io.cosmichub.population.count;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;

/**
 * The sums behind the mean scores of the pairs in an arm of an experiment: by the rules, to the
 * tenth that they are published with, and by the model of the arm, to the millionth; right when
 * pairs are taken back. Not thread-safe.
 */
public final class ArmCounts {
  // Layout v1: version | zig-zag sum of tenths | zig-zag sum of millionths | CellCounts.
  private static final int VERSION = 1;

  private static final int BY_MODEL = 0;
  private static final int BY_RULES = 1;
  private static final int CELLS = 2;
  private static final double TENTHS = 10;
  private static final double MILLIONTHS = 1e6;

  private final CellCounts pairs;
  private long rules;
  private long model;

  /** Nobody. */
  public ArmCounts() {
    this(new CellCounts(CELLS));
  }

  private ArmCounts(CellCounts pairs) {
    this.pairs = pairs;
  }

  /** Adds {@code times} (−1 takes back) a pair of two people. */
  void add(RuleScore score, Served served, int times, int personA, int personB) {
    pairs.add(served.hasModel() ? BY_MODEL : BY_RULES, times, personA, personB);
    rules += times * (long) Math.rint(score.overall() * TENTHS);
    if (served.hasModel()) {
      model += times * (long) Math.rint(served.score() * MILLIONTHS);
    }
  }

  /** How many pairs there are. */
  public long pairs() {
    return pairs.count(BY_MODEL) + pairs.count(BY_RULES);
  }

  /** At least how many people they rest on. */
  public int people() {
    return pairs.people(BY_MODEL, BY_RULES);
  }

  /** How many of the pairs a model scored. */
  public long byModel() {
    return pairs.count(BY_MODEL);
  }

  /** At least how many people those rest on that a model scored. */
  public int peopleByModel() {
    return pairs.people(BY_MODEL);
  }

  /** At least how many people those rest on that the rules alone scored. */
  public int peopleByRules() {
    return pairs.people(BY_RULES);
  }

  /** The mean score by the rules, or NaN without a pair. */
  public double mean() {
    return pairs() == 0 ? Double.NaN : rules / TENTHS / pairs();
  }

  /** The mean of what the model answered, or NaN where it scored no pair. */
  public double modelMean() {
    return byModel() == 0 ? Double.NaN : model / MILLIONTHS / byModel();
  }

  /** Adds the pairs to the cells of a whole, all in its first one. */
  void addTo(CellCounts whole) {
    whole.mergeAll(0, pairs);
  }

  boolean isEmpty() {
    return rules == 0 && model == 0 && pairs.isEmpty();
  }

  void merge(ArmCounts other) {
    pairs.merge(other.pairs);
    rules += other.rules;
    model += other.model;
  }

  byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 9);
    out.putZigZag(rules);
    out.putZigZag(model);
    out.putBytes(pairs.toBytes());
    return out.toBytes();
  }

  static ArmCounts fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("ArmCounts", bytes, VERSION);
    long rules = in.getZigZag();
    long model = in.getZigZag();
    CellCounts pairs = CellCounts.fromBytes(in.getBytes());
    if (pairs.cells() != CELLS) {
      throw in.broken("another number of cells");
    }
    in.end();
    ArmCounts read = new ArmCounts(pairs);
    read.rules = rules;
    read.model = model;
    return read;
  }
}
