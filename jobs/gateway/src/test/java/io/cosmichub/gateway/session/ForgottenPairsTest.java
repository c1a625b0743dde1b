package io.cosmichub.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.gateway.Stage;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.gateway.state.PairRecord;
import io.cosmichub.pair.PairWatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that come to a pair whose latest record did not fit into the memory. */
final class ForgottenPairsTest {
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Hub hub = new Hub(new LatestPairs(1), new Charts(1 << 20), new PairDirectory(100));
  private final States pair = new States("p", 1, Format.JSON);
  private final PairRecord latest = pair.next();

  @BeforeEach
  void forget() {
    for (String chart : new String[] {"a", "b"}) {
      hub.charts()
          .apply(ChartUpdate.builder(chart, 1).position(Body.SUN.slot(), Position.of(7)).build());
    }
    hub.watched(new PairWatch("p", "a", "b", 1));
    hub.record("p", latest);
    Stage.until(() -> hub.find("p") == null);
  }

  @Test
  void whoHoldsAStateIsToldNothingUntilThereIsAnother() {
    Reader holds = subscribe(latest.read().version());
    assertThat(holds.types()).containsExactly("hello");
    hub.record("p", pair.next());
    assertThat(holds.types()).containsExactly("hello", "snapshot");
  }

  @Test
  void whoHoldsTheLatestHearsThatItIsOnceThatIsKnown() {
    Reader holds = subscribe(latest.read().version());
    hub.record("p", latest);
    assertThat(holds.types()).containsExactly("hello", "current");
  }

  @Test
  void whoHoldsNothingIsToldToWait() {
    assertThat(subscribe(null).types()).containsExactly("hello", "pending");
  }

  @Test
  void whatMayBeThereNoMoreIsPendingForWhoeverHoldsIt() {
    String version = latest.read().version();
    hub.charts().erase("a");
    assertThat(subscribe(version).types()).containsExactly("hello", "pending");
    hub.directory().remove("p");
    assertThat(subscribe(version).types()).containsExactly("hello", "pending");
  }

  private Reader subscribe(@Nullable String version) {
    Reader reader = new Reader();
    Session session = new Session(Grant.OPEN, hub, reader, LIMITS, () -> 1);
    session.opened();
    String wanted = version == null ? "\"p\"" : "{\"id\":\"p\",\"version\":\"" + version + "\"}";
    session.received("{\"type\":\"subscribe\",\"pairs\":[" + wanted + "]}");
    return reader;
  }
}
