package io.cosmichub.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.gateway.state.PairRecord;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pair whose life has ended while nothing was read: only a tombstone tells of it. */
final class UnseenEndsTest {
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Hub hub =
      new Hub(new LatestPairs(8 << 20), new Charts(1 << 20), new PairDirectory(100));
  private final Reader reader = new Reader();
  private final States pair = new States("p", 1, Format.JSON);
  private final States next = new States("p", 2, Format.JSON);

  @BeforeEach
  void follow() {
    Session session = new Session(Grant.OPEN, hub, reader, LIMITS, () -> 1);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    for (int revision = 1; revision <= 9; revision++) {
      hub.record("p", pair.next());
    }
    reader.messages.clear();
  }

  @Test
  void whoFollowsItHearsThatItHasEndedOnceAndItsNextLifeFollows() {
    hub.pairs().remove("p");
    hub.tellKept(Set.of("p"));
    hub.tellKept(Set.of("p"));
    assertThat(reader.types()).containsExactly("ended");
    hub.record("p", next.next());
    hub.record("p", next.next());
    assertThat(reader.types()).containsExactly("ended", "snapshot", "delta");
  }

  @Test
  void itsNextLifeIsTakenThoughItsChartsBeganAnewAndItsFirstRecordsWereMissed() {
    keepNext();
    hub.tellKept(Set.of("p"));
    assertThat(reader.types()).containsExactly("ended", "snapshot");
    assertThat(hub.find("p")).isNotNull().extracting(state -> state.revisionA()).isEqualTo(3L);
  }

  @Test
  void soItIsWhereTheEndWasReadAndOnlyTheNextLifeWasMissed() {
    hub.record("p", pair.end());
    keepNext();
    hub.tellKept(Set.of("p"));
    assertThat(reader.types()).containsExactly("ended", "snapshot");
  }

  @Test
  void whoHasTheNextLifeAlreadyHearsNothing() {
    PairRecord latest = pair.next();
    hub.record("p", latest);
    reader.messages.clear();
    hub.pairs().remove("p"); // the tombstone of the life before
    hub.pairs().put("p", latest);
    hub.tellKept(Set.of("p"));
    assertThat(reader.messages).isEmpty();
  }

  @Test
  void whatIsOnlyForgottenHasNotEnded() {
    hub.pairs().remove("p");
    hub.tellKept(Set.of());
    assertThat(reader.messages).isEmpty();
  }

  /** The third record of the next life is what the compacted topic has kept. */
  private void keepNext() {
    next.next();
    next.next();
    hub.pairs().remove("p");
    hub.pairs().put("p", next.next());
  }
}
