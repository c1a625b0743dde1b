package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cohorts from the charts that name them to the figures, through the whole topology. */
final class CohortsTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int PEOPLE = 60;

  /** Everybody has the Sun at one place, and a watch with the next one, round a circle. */
  @Test
  void figuresOfACohortAreOfTheChartsThatAreInItAndOfPairsOfTwoOfThem() throws Exception {
    List<Message> charts = new ArrayList<>();
    List<Message> watches = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      charts.add(chart(person, 1, person < 40 ? "\"red\"" : ""));
      watches.add(
          new Message(
              Topics.PAIR_WATCHES,
              "pair-" + person,
              "{\"pairId\":\"pair-%d\",\"chartA\":\"person-%d\",\"chartB\":\"person-%d\"}"
                  .formatted(person, person, (person + 1) % PEOPLE)));
    }
    // One leaves the cohort, one is erased, two come to another one, for which there is no room.
    charts.add(chart(5, 2, ""));
    charts.add(new Message(Topics.CHART_UPDATES, "person-10", null));
    charts.add(chart(50, 2, "\"zoo\""));
    charts.add(chart(51, 2, "\"zoo\""));
    CollectingSink<PairUpdate> pairs = new CollectingSink<>();
    CollectingSink<PublishedFigure> figures = new CollectingSink<>();
    CollectingSink<MatchList> matches = new CollectingSink<>();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    PipelineConfig config =
        PipelineConfig.load(
            new String[] {
              "--cosmichub.parallelism=2",
              "--cosmichub.population.people=10",
              "--cosmichub.population.cohorts=1"
            },
            Map.of(),
            null);
    environment.configure(config.flink());
    OutputStreams outputs =
        SynastryPipeline.define(
            new InputStreams(
                once(environment, "charts", charts),
                once(environment, "moves", List.of()),
                once(environment, "watches", watches),
                once(environment, "opinions", List.of()),
                once(environment, "said", List.of())),
            config);
    PopulationStreams population = Objects.requireNonNull(outputs.population());
    outputs.pairs().sinkTo(pairs).uid("seen-pairs");
    population.figures().sinkTo(figures).uid("seen-figures");
    Objects.requireNonNull(population.matches()).sinkTo(matches).uid("seen-matches");
    environment.execute();

    List<PublishedFigure> published = figures.all();
    assertThat(count(published, "everyone", FigureKind.CHARTS)).isEqualTo(PEOPLE - 1);
    assertThat(count(published, "everyone", FigureKind.PAIRS)).isEqualTo(PEOPLE - 2);
    assertThat(count(published, "red", FigureKind.CHARTS)).isEqualTo(40 - 2);
    // From 0-1 to 38-39, less the two of either chart that has gone.
    assertThat(count(published, "red", FigureKind.PAIRS)).isEqualTo(39 - 4);
    assertThat(published)
        .extracting(figure -> figure.window().cohort())
        .containsOnly("everyone", "red");
    List<MatchList> lists = matches.all();
    assertThat(lists)
        .filteredOn(list -> list.cohort().equals("red") && list.matches() != null)
        .extracting(MatchList::chartId)
        .contains("person-0", "person-39")
        .doesNotContain("person-40", "person-50");
  }

  private static long count(List<PublishedFigure> published, String cohort, FigureKind kind) {
    List<Long> counts =
        published.stream()
            .filter(figure -> figure.window().cohort().equals(cohort) && figure.kind() == kind)
            .map(PublishedFigure::count)
            .toList();
    assertThat(counts).as("%s of %s", kind, cohort).isNotEmpty();
    return counts.get(counts.size() - 1);
  }

  private static Message chart(int person, int revision, String cohorts) {
    return new Message(
        Topics.CHART_UPDATES,
        "person-" + person,
        ("{\"chartId\":\"person-%d\",\"revision\":%d,\"positions\":{\"sun\":{\"longitude\":5}},"
                + "\"cohorts\":[%s]}")
            .formatted(person, revision, cohorts));
  }

  private static DataStream<InputRecord> once(
      StreamExecutionEnvironment environment, String uid, List<Message> messages) {
    List<InputRecord> records = new ArrayList<>();
    for (Message message : messages) {
      records.add(message.at(records.size()));
    }
    if (records.isEmpty()) {
      // A source has to have something: a record that is refused says nothing of any chart.
      records.add(new Message(Topics.PAIR_FEEDBACK, "p", "{").at(0));
    }
    // One after another by key, as partitions are read.
    return environment
        .fromData(records, RecordTypes.INPUT_RECORD)
        .uid(uid)
        .setParallelism(1)
        .partitionCustom(
            (Integer key, int subtasks) -> Math.floorMod(key, subtasks),
            record -> Arrays.hashCode(record.key()));
  }
}
