package io.cosmichub.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.pair.PairWatch;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which pairs a client follows who follows charts, and what is left when it leaves one. */
final class FollowedChartsTest {
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Hub hub =
      new Hub(new LatestPairs(8 << 20), new Charts(1 << 20), new PairDirectory(100));
  private final Reader reader = new Reader();
  private final Session session = new Session(Grant.OPEN, hub, reader, LIMITS, () -> 1);

  @BeforeEach
  void watch() {
    hub.watched(new PairWatch("p", "a", "b", 1));
    hub.watched(new PairWatch("q", "a", "c", 1));
    session.opened();
  }

  @Test
  void aPairThatWasAskedForByNameStaysWhenItsChartIsLeft() {
    session.received("{\"type\":\"subscribe\",\"charts\":[\"a\"]}");
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    session.received("{\"type\":\"unsubscribe\",\"charts\":[\"a\"]}");
    assertFollowsOnly("p", "q");
  }

  @Test
  void aPairOfTwoChartsStaysUntilBothAreLeft() {
    session.received("{\"type\":\"subscribe\",\"charts\":[\"a\",\"b\"]}");
    session.received("{\"type\":\"unsubscribe\",\"charts\":[\"a\"]}");
    assertFollowsOnly("p", "q");
    session.received("{\"type\":\"unsubscribe\",\"charts\":[\"b\"]}");
    assertThat(hub.followed()).isZero();
  }

  @Test
  void aPairThatIsWatchedNoMoreGoesWithItsChartToo() {
    session.received("{\"type\":\"subscribe\",\"charts\":[\"a\"]}");
    hub.directory().remove("p");
    hub.directory().remove("q");
    session.received("{\"type\":\"unsubscribe\",\"charts\":[\"a\"]}");
    assertThat(hub.followed()).isZero();
  }

  @Test
  void whoLeavesAPairByNameHearsOfItNoMoreThoughItsChartIsFollowed() {
    session.received("{\"type\":\"subscribe\",\"charts\":[\"a\"]}");
    session.received("{\"type\":\"unsubscribe\",\"pairs\":[\"q\"]}");
    assertFollowsOnly("p", "q");
  }

  @Test
  void ofAChartWithMorePairsThanOneMayFollowThatIsSaidOnce() {
    for (int i = 0; i < 20; i++) {
      hub.watched(new PairWatch("sky-" + i, "sky", "c" + i, 1));
    }
    session.received("{\"type\":\"subscribe\",\"charts\":[\"sky\"]}");
    hub.watched(new PairWatch("sky-20", "sky", "c20", 1));
    assertThat(reader.ofType("error"))
        .extracting(error -> error.path("code").asText() + " " + error.path("about").asText())
        .containsExactly("TOO_MANY sky");
    assertThat(hub.followed()).isEqualTo(8);
    session.received("{\"type\":\"unsubscribe\",\"charts\":[\"sky\"]}");
    session.received("{\"type\":\"subscribe\",\"charts\":[\"sky\"]}");
    assertThat(reader.ofType("error")).hasSize(2);
  }

  private void assertFollowsOnly(String followed, String other) {
    hub.record(followed, new States(followed, 1, Format.JSON).next());
    hub.record(other, new States(other, 2, Format.JSON).next());
    assertThat(reader.sets.keySet()).containsExactly(followed);
    assertThat(hub.followed()).isEqualTo(1);
  }
}
