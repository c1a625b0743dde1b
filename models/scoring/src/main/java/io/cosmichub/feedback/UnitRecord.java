package io.cosmichub.feedback;

import io.cosmichub.chart.Outcome;
import io.cosmichub.serving.Exposure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a unit: the experiments that it takes part in, by name, and its feedback, by
 * time. However exposures and feedback arrive, it ends the same, as long as there are no more of
 * either than are kept.
 *
 * @param trials at most {@link #MOST_TRIALS}
 * @param feedback at most {@link #MOST_FEEDBACK}
 */
public record UnitRecord(List<UnitTrial> trials, List<UnitFeedback> feedback) {

  /** Of more experiments, the one that ends first gives way. */
  public static final int MOST_TRIALS = 16;

  /** Of more feedback, the oldest gives way. */
  public static final int MOST_FEEDBACK = 128;

  /** Nothing is known. */
  public static final UnitRecord NOTHING = new UnitRecord(List.of(), List.of());

  /**
   * What feedback makes of a unit.
   *
   * @param outcome applied, duplicate or conflict
   * @param after the unit after it
   * @param displaced whether the oldest feedback gave way
   */
  public record Applied(Outcome outcome, UnitRecord after, boolean displaced) {}

  /** Takes copies. */
  public UnitRecord {
    trials = List.copyOf(trials);
    feedback = List.copyOf(feedback);
  }

  /** After an exposure; the same instance if that changes nothing. */
  public UnitRecord with(Exposure exposure) {
    List<UnitTrial> after = new ArrayList<>(trials);
    UnitTrial before = trial(exposure.experiment());
    if (before == null) {
      after.add(UnitTrial.of(exposure));
      if (after.size() > MOST_TRIALS) {
        after.remove(Collections.min(after, Comparator.comparingLong(UnitTrial::until)));
      }
    } else {
      UnitTrial changed = before.with(exposure);
      if (changed.equals(before)) {
        return this;
      }
      after.set(after.indexOf(before), changed);
    }
    after.sort(Comparator.comparing(UnitTrial::experiment));
    return new UnitRecord(after, feedback);
  }

  /** After feedback. */
  public Applied with(Feedback given) {
    UnitFeedback news = UnitFeedback.of(given);
    int place = Collections.binarySearch(feedback, news, UnitFeedback.ORDER);
    if (place >= 0) {
      boolean same = feedback.get(place).value() == news.value();
      return new Applied(same ? Outcome.DUPLICATE : Outcome.CONFLICT, this, false);
    }
    List<UnitFeedback> after = new ArrayList<>(feedback);
    after.add(-place - 1, news);
    boolean displaced = after.size() > MOST_FEEDBACK;
    if (displaced) {
      after.remove(0);
    }
    return new Applied(Outcome.APPLIED, new UnitRecord(trials, after), displaced);
  }

  /** Whether feedback of a time counts for any experiment. */
  public boolean covers(long at) {
    return trials.stream().anyMatch(trial -> trial.covers(at));
  }

  /** How much feedback counts for no experiment. */
  public int unmatched() {
    return (int) feedback.stream().filter(each -> !covers(each.at())).count();
  }

  private @Nullable UnitTrial trial(String experiment) {
    for (UnitTrial trial : trials) {
      if (trial.experiment().equals(experiment)) {
        return trial;
      }
    }
    return null;
  }
}
