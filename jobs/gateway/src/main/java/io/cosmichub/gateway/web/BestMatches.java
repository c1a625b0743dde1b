package io.cosmichub.gateway.web;

import io.cosmichub.contracts.SynastryReader;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.state.PairRecord;
import io.cosmichub.gateway.state.PairState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The pairs with the highest scores among those that are kept. To find them all are read, so it is
 * done once in five seconds however often one asks. Thread-safe.
 */
final class BestMatches {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Hub hub;
  private final LongSupplier nanos;
  private List<Match> sorted = List.of();
  private long lookedAt;
  private boolean looked;

  /**
   * A pair with its score by the rules, and who scored: a model beside the rules, or they alone.
   */
  record Match(String pairId, double overall, String model) {}

  BestMatches(Hub hub, LongSupplier nanos) {
    this.hub = hub;
    this.nanos = nanos;
  }

  List<Match> find(int limit, Predicate<String> allowed) {
    return latest().stream().filter(match -> allowed.test(match.pairId())).limit(limit).toList();
  }

  private synchronized List<Match> latest() {
    long now = nanos.getAsLong();
    if (!looked || now - lookedAt > FRESH_NANOS) {
      List<Match> matches = new ArrayList<>();
      hub.pairs().all().forEach(record -> add(record, matches));
      matches.sort(
          Comparator.comparingDouble(Match::overall).reversed().thenComparing(Match::pairId));
      sorted = List.copyOf(matches);
      lookedAt = now;
      looked = true;
    }
    return sorted;
  }

  private static void add(PairRecord record, List<Match> matches) {
    PairState state;
    try {
      state = record.read();
    } catch (IllegalArgumentException e) {
      return; // who follows the pair hears of it
    }
    SynastryReader.Score score = state.score();
    if (score != null) {
      matches.add(new Match(state.pairId(), score.score().overall(), score.model()));
    }
  }
}
