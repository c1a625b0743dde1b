package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.sample.SampledPast;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/** The sample of the pairs, or of the charts, of the current cohort; bounded. */
final class CohortSample {
  /*
   * A sample that outgrows its size is cut to the half of its ids with the lower hashes, and takes
   * that half from then on. It does not grow again: who was left out is not known any more.
   */

  private final SampleShare most;
  private final int size;
  private final MapState<Long, SampledPast> members;
  private final ValueState<Integer> count;
  private final ValueState<Long> limit;

  CohortSample(RuntimeContext context, String of, PatternConfig config) {
    most = config.sample();
    size = config.size();
    members = context.getMapState(PatternStates.members(of));
    count = context.getState(PatternStates.count(of));
    limit = context.getState(PatternStates.limit(of));
  }

  /** The share of all that it takes. */
  SampleShare share() throws IOException {
    Long cut = limit.value();
    return cut == null ? most : new SampleShare(Math.min(cut, most.limit()));
  }

  /** Takes how one has come to stand; {@code end} may be {@link SampledPast#SETTLED}. */
  void take(long id, long end, Sampled sampled) throws Exception {
    if (!share().takes(id)) {
      return;
    }
    SampledPast known = members.get(id);
    members.put(id, (known == null ? SampledPast.NONE : known).then(end, sampled));
    if (known == null) {
      count(count() + 1);
      cut();
    }
  }

  /** Forgets one, at once and for all windows that are open. */
  void forget(long id) throws Exception {
    if (members.contains(id)) {
      members.remove(id);
      count(count() - 1);
    }
  }

  /** Those that stand at the end of a window; what no later one needs is forgotten. */
  List<Sampled> close(long end) throws Exception {
    SampleShare taken = share();
    List<Sampled> standing = new ArrayList<>();
    List<Long> beyond = new ArrayList<>();
    for (Map.Entry<Long, SampledPast> member : members.entries()) {
      if (!taken.takes(member.getKey())) {
        beyond.add(member.getKey());
        continue;
      }
      SampledPast past = member.getValue();
      SampledPast settled = past.settled(end);
      if (!settled.equals(past)) {
        member.setValue(settled);
      }
      Sampled sampled = settled.at(end);
      if (sampled != null) {
        standing.add(sampled);
      }
    }
    // A job that goes on with a smaller share has members that it does not take any more.
    for (long id : beyond) {
      forget(id);
    }
    return standing;
  }

  private void cut() throws Exception {
    while (count() > size) {
      SampleShare half = share().half();
      limit.update(half.limit());
      List<Long> out = new ArrayList<>();
      for (long id : members.keys()) {
        if (!half.takes(id)) {
          out.add(id);
        }
      }
      for (long id : out) {
        members.remove(id);
      }
      count(count() - out.size());
    }
  }

  private void count(int now) throws IOException {
    if (now == 0) {
      count.clear();
    } else {
      count.update(now);
    }
  }

  private int count() throws IOException {
    Integer known = count.value();
    return known == null ? 0 : known;
  }
}
