package io.cosmichub.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.contracts.Format;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.access.Patterns;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import io.cosmichub.gateway.state.PairRecord;
import io.cosmichub.pair.PairWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final Hub hub =
      new Hub(new LatestPairs(8 << 20), new Charts(1 << 20), new PairDirectory(100));
  private final Reader reader = new Reader();
  private long nanos = 1;

  @ParameterizedTest
  @EnumSource
  void aSnapshotComesFirstAndDeltasInOrder(Format format) {
    States pair = new States("p", 1, format);
    hub.record("p", pair.next());
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    for (int i = 0; i < 20; i++) {
      hub.record("p", pair.next());
      assertThat(reader.sets.get("p")).isEqualTo(words(pair.held()));
    }

    assertThat(reader.types().subList(0, 3)).containsExactly("hello", "snapshot", "delta");
    assertThat(reader.ofType("delta"))
        .extracting(delta -> delta.path("sequence").asInt())
        .isSorted()
        .hasSize(20);
  }

  @Test
  void aClientThatDoesNotReadGetsTheLatestInOneDelta() {
    States pair = new States("p", 2, Format.JSON);
    hub.record("p", pair.next());
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    reader.reads = false;
    for (int i = 0; i < 1_000; i++) {
      hub.record("p", pair.next());
    }
    assertThat(session.waiting()).isEqualTo(1);
    assertThat(reader.ofType("delta")).hasSize(1);
    reader.readAgain();

    assertThat(reader.ofType("delta")).hasSize(2);
    assertThat(reader.sets.get("p")).isEqualTo(words(pair.held()));
    assertThat(session.waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void whateverHappensWhoeverFoldsHoldsTheLatest(long seed) {
    Random random = new Random(seed);
    Map<String, States> pairs = new HashMap<>();
    for (String id : List.of("p", "q", "r")) {
      pairs.put(id, new States(id, random.nextLong(), Format.PROTOBUF));
    }
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\",\"q\",\"r\"]}");
    Map<String, PairRecord> old = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      String id = List.of("p", "q", "r").get(random.nextInt(3));
      States pair = Objects.requireNonNull(pairs.get(id));
      switch (random.nextInt(8)) {
        case 0 -> reader.reads = false;
        case 1 -> reader.readAgain();
        case 2 -> {
          // A restart sends again what was sent before.
          if (old.containsKey(id)) {
            hub.record(id, old.get(id));
          }
        }
        case 3 -> hub.record(id, pair.end());
        default -> {
          PairRecord next = pair.next();
          hub.record(id, next);
          if (random.nextBoolean()) {
            old.put(id, next);
          }
        }
      }
      assertThat(session.waiting()).isLessThanOrEqualTo(3);
    }
    reader.readAgain();
    for (String id : pairs.keySet()) {
      hub.record(id, pairs.get(id).next());
      assertThat(reader.sets.get(id)).isEqualTo(words(pairs.get(id).held()));
    }
  }

  @Test
  void whoComesBackWithTheLatestVersionGetsNothingTwiceAndWithAnOlderOneTheWholeState() {
    States pair = new States("p", 3, Format.JSON);
    hub.record("p", pair.next());
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    String version = Objects.requireNonNull(reader.versions.get("p"));
    session.gone();

    Reader back = new Reader();
    resume(back, version);
    assertThat(back.types()).containsExactly("hello", "current");
    back.versions.put("p", version);
    back.sets.put("p", new TreeMap<>(reader.sets.get("p")));
    hub.record("p", pair.next());
    assertThat(back.types()).endsWith("delta");
    assertThat(back.sets.get("p")).isEqualTo(words(pair.held()));

    Reader later = new Reader();
    resume(later, version);
    assertThat(later.types()).containsExactly("hello", "snapshot");
    assertThat(later.sets.get("p")).isEqualTo(words(pair.held()));
  }

  @Test
  void aPairOfWhichNothingIsKnownIsPendingUntilItIs() {
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    assertThat(reader.types()).containsExactly("hello", "pending");
    hub.record("p", new States("p", 4, Format.JSON).next());
    assertThat(reader.types()).endsWith("snapshot");
  }

  @Test
  void aScoreThatCrossesAThresholdIsToldEachTimeEvenToAClientThatDoesNotRead() {
    States pair = new States("p", 5, Format.JSON);
    AspectSet high = States.highAndLow().get(0);
    AspectSet low = States.highAndLow().get(1);
    hub.record("p", pair.to(low));
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    session.received("{\"type\":\"alert\",\"pair\":\"p\",\"threshold\":50}");
    reader.reads = false;
    hub.record("p", pair.to(high));
    hub.record("p", pair.to(low));
    hub.record("p", pair.to(high));
    reader.readAgain();

    List<JsonNode> alerts = reader.ofType("alert");
    assertThat(alerts).hasSize(3);
    assertThat(alerts.get(0).path("was").asDouble()).isLessThan(50);
    assertThat(alerts.get(0).path("now").asDouble()).isGreaterThan(50);
    session.received("{\"type\":\"alert\",\"pair\":\"p\",\"threshold\":50,\"on\":false}");
    hub.record("p", pair.to(low));
    assertThat(reader.ofType("alert")).hasSize(3);
  }

  @Test
  void aClientThatTakesNothingForTooLongIsClosedWithItsCode() {
    States pair = new States("p", 6, Format.JSON);
    Session session = open(Grant.OPEN);
    reader.reads = false;
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    hub.record("p", pair.next());
    nanos += 10 * SECOND;
    session.tick(0, 0);
    assertThat(reader.closedWith).isNull();
    nanos += 1;
    session.tick(0, 0);
    assertThat(reader.closedWith).isEqualTo(4408);
    assertThat(hub.followed()).isZero();
  }

  @Test
  void aClientForWhichTooManyAlertsWaitIsClosedWithThatCodeToo() {
    States pair = new States("p", 10, Format.JSON);
    hub.record("p", pair.to(States.highAndLow().get(1)));
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"p\"]}");
    session.received("{\"type\":\"alert\",\"pair\":\"p\",\"threshold\":50}");
    reader.reads = false;
    for (int i = 0; i < 257; i++) { // the first is on its way
      hub.record("p", pair.to(States.highAndLow().get(i % 2)));
    }
    assertThat(session.waiting()).isEqualTo(257); // and the pair
    assertThat(reader.closedWith).isNull();
    hub.record("p", pair.to(States.highAndLow().get(1)));
    assertThat(reader.closedWith).isEqualTo(4408);
    assertThat(hub.followed()).isZero();
  }

  @Test
  void aTokenThatExpiresEndsTheSession() {
    Session session = open(new Grant("u", Patterns.ALL, Patterns.ALL, false, false, 5_000));
    session.tick(4_999, 0);
    assertThat(reader.closedWith).isNull();
    session.tick(5_000, 0);
    assertThat(reader.closedWith).isEqualTo(4401);
  }

  @Test
  void theTwentyFirstMessageOfASecondClosesAndASlowerOneDoesNot() {
    Session session = open(Grant.OPEN);
    for (int i = 0; i < 100; i++) {
      nanos += SECOND / 20;
      session.received("{\"type\":\"ping\"}");
    }
    assertThat(reader.closedWith).isNull();
    assertThat(reader.ofType("pong")).hasSize(100);
    nanos += 2 * SECOND;
    for (int i = 0; i < 20; i++) {
      session.received("{\"type\":\"ping\"}");
    }
    assertThat(reader.closedWith).isNull();
    session.received("{\"type\":\"ping\"}");
    assertThat(reader.closedWith).isEqualTo(1008);
  }

  @Test
  void heartbeatsComeAtOnceAndWhenTheyAreDueAndSayHowNewTheDataAre() {
    Session session = open(Grant.OPEN);
    session.tick(1_000, 0);
    session.tick(1_000, 0);
    assertThat(reader.ofType("heartbeat"))
        .singleElement()
        .satisfies(beat -> assertThat(beat.has("newest")).isFalse());
    nanos += 5 * SECOND;
    session.tick(7_000, 6_000);
    session.tick(7_000, 6_000);
    assertThat(reader.ofType("heartbeat"))
        .hasSize(2)
        .last()
        .satisfies(
            beat -> assertThat(beat.path("newest").asText()).isEqualTo("1970-01-01T00:00:06Z"));
  }

  @Test
  void theTokenSaysWhichPairsAndChartsAndTheLimitHowMany() {
    Session session =
        open(
            new Grant(
                "u",
                new Patterns(List.of("mine-*", "ours")),
                new Patterns(List.of("me")),
                false,
                false,
                Long.MAX_VALUE));
    session.received("{\"type\":\"subscribe\",\"pairs\":[\"mine-1\",\"ours\",\"ours-2\"]}");
    session.received("{\"type\":\"subscribe\",\"positions\":[\"me\",\"you\"]}");
    assertThat(reader.ofType("error"))
        .extracting(error -> error.path("code").asText() + " " + error.path("about").asText())
        .containsExactly("NOT_ALLOWED ours-2", "NOT_ALLOWED you");
    for (int i = 0; i < 9; i++) {
      session.received("{\"type\":\"subscribe\",\"pairs\":[\"mine-x" + i + "\"]}");
    }
    assertThat(reader.ofType("error"))
        .extracting(error -> error.path("code").asText())
        .contains("TOO_MANY");
    assertThat(hub.followed()).isEqualTo(8);
  }

  @Test
  void theLimitHoldsForChartsAndForWhatElseIsWatched() {
    Session session = open(Grant.OPEN);
    for (String what : List.of("charts", "positions")) {
      String nine =
          IntStream.range(0, 9).mapToObj(i -> what + i).collect(Collectors.joining("\",\""));
      session.received("{\"type\":\"subscribe\",\"" + what + "\":[\"" + nine + "\"]}");
      session.received("{\"type\":\"subscribe\",\"" + what + "\":[\"" + what + "0\"]}");
      session.received("{\"type\":\"unsubscribe\",\"" + what + "\":[\"" + what + "0\"]}");
      session.received("{\"type\":\"subscribe\",\"" + what + "\":[\"" + what + "9\"]}");
    }
    assertThat(reader.ofType("error"))
        .extracting(error -> error.path("code").asText() + " " + error.path("about").asText())
        .containsExactly("TOO_MANY charts8", "TOO_MANY positions8");
  }

  @Test
  void everyoneMaySeeACohortAndExperimentsWhoseTokenSaysSo() {
    Session session =
        open(new Grant("u", Patterns.ALL, Patterns.ALL, false, false, Long.MAX_VALUE));
    session.received("{\"type\":\"subscribe\",\"trends\":[\"everyone\"],\"experiments\":true}");
    assertThat(reader.ofType("error"))
        .extracting(error -> error.path("code").asText())
        .containsExactly("NOT_ALLOWED");
    assertThat(reader.ofType("trends")).hasSize(1).noneMatch(told -> told.has("figures"));
    hub.trends("everyone", "{\"type\":\"trends\",\"cohort\":\"everyone\",\"figures\":[]}");
    hub.trends("others", "{\"type\":\"trends\",\"cohort\":\"others\",\"figures\":[]}");
    hub.experiments("{\"type\":\"experiments\",\"experiments\":[]}");
    assertThat(reader.ofType("trends")).hasSize(2);
    assertThat(reader.ofType("experiments")).isEmpty();
    session.received("{\"type\":\"unsubscribe\",\"trends\":[\"everyone\"]}");
    hub.trends("everyone", "{\"type\":\"trends\",\"cohort\":\"everyone\"}");
    assertThat(reader.ofType("trends")).hasSize(2);
    session.gone();

    Session other = open(Grant.OPEN);
    other.received("{\"type\":\"subscribe\",\"experiments\":true}");
    assertThat(reader.ofType("experiments")).hasSize(1);
  }

  @Test
  void whoFollowsAChartFollowsItsPairsThoseToComeToo() {
    hub.watched(new PairWatch("p", "a", "b", 1));
    hub.watched(new PairWatch("other", "c", "d", 1));
    hub.record("p", new States("p", 7, Format.JSON).next());
    Session session = open(Grant.OPEN);
    session.received("{\"type\":\"subscribe\",\"charts\":[\"a\"]}");
    assertThat(reader.sets.keySet()).containsExactly("p");
    hub.watched(new PairWatch("q", "z", "a", 1));
    hub.record("q", new States("q", 8, Format.JSON).next());
    assertThat(reader.sets.keySet()).containsExactlyInAnyOrder("p", "q");
    session.received("{\"type\":\"unsubscribe\",\"charts\":[\"a\"]}");
    assertThat(hub.followed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"type\":\"dance\"}",
        "{\"type\":\"subscribe\",\"pairs\":\"p\"}",
        "{\"type\":\"subscribe\",\"pairs\":[7]}",
        "{\"type\":\"alert\",\"pair\":\"p\",\"threshold\":101}"
      })
  void whatCannotBeReadIsAnsweredAndNothingElseHappens(String text) {
    Session session = open(Grant.OPEN);
    session.received(text);
    assertThat(reader.ofType("error"))
        .singleElement()
        .satisfies(error -> assertThat(error.path("code").asText()).isEqualTo("BAD_MESSAGE"));
    assertThat(reader.closedWith).isNull();
  }

  @Test
  void nothingStaysOfAClientThatHasGone() {
    hub.watched(new PairWatch("p", "a", "b", 1));
    Session session = open(Grant.OPEN);
    session.received(
        "{\"type\":\"subscribe\",\"pairs\":[\"p\"],\"charts\":[\"a\"],\"positions\":[\"b\"]}");
    session.gone();
    int before = reader.messages.size();
    hub.record("p", new States("p", 9, Format.JSON).next());
    hub.chartChanged("b");
    hub.watched(new PairWatch("q", "a", "c", 1));
    assertThat(reader.messages).hasSize(before);
    assertThat(hub.followed()).isZero();
  }

  private Session open(Grant grant) {
    Session session = new Session(grant, hub, reader, LIMITS, () -> nanos);
    session.opened();
    return session;
  }

  private void resume(Reader back, String version) {
    Session session = new Session(Grant.OPEN, hub, back, LIMITS, () -> nanos);
    session.opened();
    session.received(
        "{\"type\":\"subscribe\",\"pairs\":[{\"id\":\"p\",\"version\":\"" + version + "\"}]}");
  }

  private static Map<String, String> words(AspectSet set) {
    Map<String, String> words = new TreeMap<>();
    set.forEach(
        (row, col, hit) ->
            words.put(
                Body.ofSlot(row).id() + "-" + Body.ofSlot(col).id(),
                AspectPolicy.classic().aspect(Hit.code(hit)).id() + " " + Hit.orb(hit) / 1e6));
    return words;
  }
}
