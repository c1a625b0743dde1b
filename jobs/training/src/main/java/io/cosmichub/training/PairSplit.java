package io.cosmichub.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Rows to train on and rows to judge by, with no group and no moment in common: every row of the
 * held-out part is of another group, and later, than every row that was trained on.
 *
 * @param train the rows to train on
 * @param heldOut the rows to judge by
 * @param left how many rows are in neither: of the right group at the wrong time, or the reverse
 */
record PairSplit(List<LabelledPair> train, List<LabelledPair> heldOut, int left) {
  private static final double TRAIN = 0.7;

  PairSplit {
    train = List.copyOf(train);
    heldOut = List.copyOf(heldOut);
  }

  /** Splits by group and, if moments are known, by time. */
  static PairSplit of(List<LabelledPair> rows, long seed) {
    List<String> groups = shuffledGroups(rows, seed);
    Set<String> trainGroups = Set.copyOf(groups.subList(0, (int) (TRAIN * groups.size())));
    long[] moments = rows.stream().mapToLong(LabelledPair::at).sorted().toArray();
    boolean timed = moments.length > 0 && moments[0] < moments[moments.length - 1];
    long cutoff = timed ? moments[(int) (TRAIN * moments.length)] : 0;
    List<LabelledPair> train = new ArrayList<>();
    List<LabelledPair> heldOut = new ArrayList<>();
    for (LabelledPair row : rows) {
      boolean toTrain = trainGroups.contains(row.group());
      if (toTrain && (!timed || row.at() < cutoff)) {
        train.add(row);
      } else if (!toTrain && (!timed || row.at() >= cutoff)) {
        heldOut.add(row);
      }
    }
    return new PairSplit(train, heldOut, rows.size() - train.size() - heldOut.size());
  }

  /** Parts of the rows to train on, each held out once; no group is in two. */
  static List<PairSplit> folds(List<LabelledPair> rows, int folds, long seed) {
    List<String> groups = shuffledGroups(rows, seed);
    List<PairSplit> splits = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      Set<String> out =
          Set.copyOf(
              groups.subList(groups.size() * fold / folds, groups.size() * (fold + 1) / folds));
      splits.add(
          new PairSplit(
              rows.stream().filter(row -> !out.contains(row.group())).toList(),
              rows.stream().filter(row -> out.contains(row.group())).toList(),
              0));
    }
    return splits;
  }

  private static List<String> shuffledGroups(List<LabelledPair> rows, long seed) {
    List<String> groups =
        new ArrayList<>(rows.stream().map(LabelledPair::group).distinct().sorted().toList());
    Collections.shuffle(groups, new Random(seed));
    return groups;
  }
}
