package io.cosmichub.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.gateway.Stage;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.session.Outlet;
import io.cosmichub.gateway.session.Session;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.gateway.state.PairState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed of pairs on a real broker, where reading fails once and begins again. */
final class FeedIT {
  private static final String FAULT = "fault";
  private static final AspectSet LOW = AspectSet.EMPTY; // a score of 50
  private static final AspectSet HIGH = // and of 56
      AspectSet.builder().put(0, 0, AspectPolicy.classic().match(0)).build();
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Hub hub =
      new Hub(new LatestPairs(8 << 20), new Charts(1 << 20), new PairDirectory(100));
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final FailsOnce reader =
      new FailsOnce(new PairFeed(hub, Duration.ZERO, Clock.systemUTC(), new Figures()));
  private Stage stage;
  private Feed feed;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    stage = Stage.start(directory);
    GatewayConfig.Kafka kafka =
        new GatewayConfig.Kafka(stage.bootstrapServers(), Duration.ZERO, Map.of());
    feed = new Feed("pairs", new KafkaClients(kafka), reader);
  }

  @AfterEach
  void stop() throws Exception {
    reader.goOn.countDown();
    feed.close();
    stage.close();
  }

  @Test
  void whoFollowsAPairKeepsItsScoreAndTheFeedIsNotCaughtUpUntilItIsAgain() throws Exception {
    stage.move("p", LOW, true);
    stage.move("q", LOW, true);
    // Nothing of the live topic is read twice, which would tell the score after all.
    Session session = follow("\"p\",\"q\"");
    session.received("{\"type\":\"alert\",\"pair\":\"p\",\"threshold\":53.5}");
    assertThat(told).hasSize(2).allMatch(text -> text.contains("\"overall\":50.0"));

    breakOff();
    assertThat(feed.caughtUp()).isFalse();
    stage.move("q", HIGH, true); // while nobody reads
    goOn();
    assertThat(hub.find("p")).isNotNull().extracting(PairState::overall).isEqualTo(50.0);
    assertThat(told).hasSize(3); // of p nothing, for nothing has changed
    assertThat(told.get(2)).contains("\"delta\"", "\"pair\":\"q\"", "\"overall\":56.0");

    stage.move("p", HIGH, false);
    Stage.until(() -> told.size() == 5);
    assertThat(told).filteredOn(text -> text.contains("\"alert\"")).hasSize(1);
  }

  @Test
  void anEndThatNoLiveRecordToldIsToldOnceTheTombstoneIsReadAndThePairMayBeginAnew()
      throws Exception {
    for (int revision = 1; revision <= 3; revision++) {
      stage.move("p", LOW, true);
    }
    follow("\"p\"");
    assertThat(told).hasSize(1);

    breakOff();
    stage.end("p"); // while nobody reads
    goOn();
    assertThat(told).hasSize(2).last().asString().contains("\"ended\"", "\"pair\":\"p\"");
    assertThat(hub.find("p")).isNotNull().extracting(PairState::ended).isEqualTo(true);

    stage.move("p", HIGH, false); // both charts at their first revision
    Stage.until(() -> told.size() == 3);
    assertThat(told.get(2)).contains("\"snapshot\"", "\"overall\":56.0");
  }

  private Session follow(String pairs) {
    feed.start();
    Stage.until(feed::caughtUp);
    Session session = new Session(Grant.OPEN, hub, new Told(told), LIMITS, System::nanoTime);
    session.received("{\"type\":\"subscribe\",\"pairs\":[" + pairs + "]}");
    return session;
  }

  private void breakOff() throws Exception {
    stage.move(FAULT, LOW, false);
    Stage.until(() -> reader.again.getCount() == 0);
  }

  private void goOn() {
    reader.goOn.countDown();
    Stage.until(feed::caughtUp);
  }

  private record Told(List<String> texts) implements Outlet {
    @Override
    public void send(String text, Runnable sent) {
      texts.add(text);
      sent.run();
    }

    @Override
    public void close(int code, String reason) {}
  }

  /** Fails at the record of one pair, and begins again only when it is told to. */
  private static final class FailsOnce implements Feed.Reader {
    private final Feed.Reader reader;
    final CountDownLatch again = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    private boolean failed;

    FailsOnce(Feed.Reader reader) {
      this.reader = reader;
    }

    @Override
    public void start(Consumer<byte[], byte[]> consumer) {
      if (failed) {
        again.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      reader.start(consumer);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record) {
      if (!failed && FAULT.equals(new String(record.key(), StandardCharsets.UTF_8))) {
        failed = true;
        throw new IllegalStateException("a fault of a test");
      }
      reader.read(record);
    }
  }
}
