package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.aspect.ServedPairs.result;
import static io.cosmichub.streaming.aspect.ServedPairs.whole;
import static io.cosmichub.streaming.aspect.ServedPairs.work;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static io.cosmichub.streaming.given.Models.announce;
import static io.cosmichub.streaming.given.Models.flag;
import static io.cosmichub.streaming.given.Models.linear;
import static io.cosmichub.streaming.given.Models.remove;
import static io.cosmichub.streaming.given.Models.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Subtask;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The version before the newest stays, so that a flag alone brings it back. */
final class FormerModelTest {

  private static final Longitudes A = Given.at(0, 10);
  private static final Longitudes B = Given.at(120);

  private final Harnesses harnesses = new Harnesses();
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;
  private int pairs;

  @BeforeEach
  void open() throws Exception {
    aspects = harnesses.aspects(Subtask.ONLY, null);
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void aFlagGoesBackToTheVersionBeforeAndForthAndNoArtifactComesAgain() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m", "")));
    told(tell(announce("m", 2, 2)));
    assertThat(score()).isEqualTo(served(2));
    told(tell(flag(2, 1, "m@1", "")));
    assertThat(score()).isEqualTo(served(1));
    aspects.processElement(result(work("p0", PairWork.Kind.RESCORE, A, B)), 0);
    assertThat(drain(aspects).get(0).served()).as("a walk brings it back").isEqualTo(served(1));

    aspects = harnesses.aspects(Subtask.ONLY, aspects.snapshot(1, 1));
    assertThat(score()).as("after a restore").isEqualTo(served(1));
    told(tell(flag(3, 1, "m", "")));
    assertThat(score()).isEqualTo(served(2));
  }

  @Test
  void twoVersionsOfOneNameShareThePairs() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(announce("m", 2, 2)));
    told(tell(flag(1, 0.5, "m@2", "m@1")));
    int ofNext = 0;
    for (int pair = 0; pair < 100; pair++) {
      Served served = score();
      assertThat(served).isIn(served(1), served(2));
      ofNext += served(2).equals(served) ? 1 : 0;
    }
    assertThat(ofNext).isBetween(30, 70);
  }

  @Test
  void aVersionBeforeThatIsGoneAndTheRulesScoreWhereAFlagNamesIt() throws Exception {
    for (int version = 1; version <= 3; version++) {
      told(tell(announce("m", version, version)));
    }
    told(tell(flag(1, 1, "m@1", "")));
    assertThat(score()).isNull();
    told(tell(flag(2, 1, "m@2", "")));
    assertThat(score()).isEqualTo(served(2));
    told(remove("m"));
    assertThat(score()).as("a name that is removed takes both along").isNull();
    told(tell(announce("m", 4, 4)));
    assertThat(score()).isNull();
  }

  private @Nullable Served score() throws Exception {
    aspects.processElement(whole("p" + pairs++, A, B), 0);
    return drain(aspects).get(0).served();
  }

  private static Served served(long version) {
    return new Served("m@" + version, ServedPairs.answer(linear(version), A, B), "", "");
  }

  private void told(PairWork told) throws Exception {
    aspects.processElement(new PairResult(told, AspectSet.EMPTY), 0);
    assertThat(drain(aspects)).isEmpty();
  }
}
