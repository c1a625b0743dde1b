package io.cosmichub.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.gateway.Stage;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LatestPairsTest {
  private static final int BYTES = 20_000;

  private final LatestPairs pairs = new LatestPairs(BYTES);

  @Test
  void whatDoesNotFitIsForgottenUntilItsNextRecord() {
    List<String> ids = IntStream.range(0, 200).mapToObj(i -> "pair-" + i).toList();
    ids.forEach(id -> pairs.put(id, record(id, 1)));
    Stage.until(() -> pairs.all().stream().mapToInt(PairRecord::weight).sum() <= BYTES);
    assertThat(pairs.all()).isNotEmpty();
    String forgotten = ids.stream().filter(id -> pairs.find(id) == null).findFirst().orElseThrow();

    // Those that change often are kept first; what came just now may be forgotten at any moment.
    AtomicReference<@Nullable PairState> found = new AtomicReference<>();
    Stage.until(
        () -> {
          pairs.put(forgotten, record(forgotten, 2));
          found.set(pairs.find(forgotten));
          return found.get() != null;
        });
    assertThat(found.get()).isEqualTo(record(forgotten, 2).read());
  }

  private static PairRecord record(String pairId, long revision) {
    AspectSet set = AspectSet.builder().put(0, 0, AspectPolicy.classic().match(0)).build();
    PairUpdate update =
        new PairUpdate(
            pairId,
            "a",
            "b",
            revision,
            1,
            "classic",
            1,
            1_000,
            false,
            List.of(),
            set,
            RuleScore.of(set, AspectPolicy.classic()),
            0);
    PairUpdateEncoder encoder =
        new PairUpdateEncoder(Format.PROTOBUF, AspectPolicy.classic(), "rules/classic@1");
    return new PairRecord.Live(Objects.requireNonNull(encoder.encodeLive(update).value()), null);
  }
}
