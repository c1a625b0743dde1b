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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pair whose life has ended, as the job or the feed begins again and sends again what was. */
final class EndedPairsTest {
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Hub hub =
      new Hub(new LatestPairs(8 << 20), new Charts(1 << 20), new PairDirectory(100));
  private final Reader reader = new Reader();
  private final States pair = new States("p", 1, Format.JSON);
  private final List<PairRecord> life = Stream.generate(pair::next).limit(4).toList();
  private final PairRecord end = pair.end();

  @BeforeEach
  void untilTheEnd() {
    Session session = new Session(Grant.OPEN, hub, reader, LIMITS, () -> 1);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    life.forEach(record -> hub.record("p", record));
    hub.record("p", end);
    assertThat(reader.types())
        .containsExactly("pending", "snapshot", "delta", "delta", "delta", "ended");
    reader.messages.clear();
  }

  @Test
  void whatIsSentAgainDoesNotBringItBack() {
    life.subList(1, 4).forEach(record -> hub.record("p", record));
    hub.record("p", end);
    assertThat(reader.messages).isEmpty();
    assertThat(reader.sets).isEmpty();
  }

  @Test
  void itsNextLifeDoesThoughItsChartsBeginAnew() {
    States next = new States("p", 2, Format.JSON);
    hub.record("p", next.next());
    hub.record("p", next.next());
    hub.record("p", next.end());
    assertThat(reader.types()).containsExactly("snapshot", "delta", "ended");
  }
}
