package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.feature.FeatureSchema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopicDataTest {
  private static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(AspectPolicy.classic());
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(10_000), ZoneOffset.UTC);

  private final TopicData topics = new TopicData(SCHEMA, "rating", CLOCK);
  private long written = 1;

  @Test
  void feedbackMeetsTheChartsOfItsTimeWhateverComesFirst() {
    add(
        TopicRecords.feedback("p", "rating", 0.25, 150),
        TopicRecords.feedback("p", "rating", 0.5, 250),
        TopicRecords.feedback("p", "rating", 0.75, 350),
        TopicRecords.feedback("p", "rating", 1, 99),
        TopicRecords.moonMoved("a", 3, 300, 120),
        TopicRecords.moonMoved("a", 2, 200, 90),
        TopicRecords.chart("a", 1, 100, 0, 60),
        TopicRecords.chart("b", 1, 100, 0, 0),
        TopicRecords.watch("p", "a", "b"));
    Longitudes b = TopicRecords.longitudes(0, 0);

    List<LabelledPair> rows = topics.set().rows();

    assertThat(rows).extracting(LabelledPair::label).containsExactly(0.25, 0.5, 0.75);
    assertThat(rows).extracting(LabelledPair::at).containsExactly(150L, 250L, 350L);
    assertThat(rows.get(0).features()).isEqualTo(features(TopicRecords.longitudes(0, 60), b));
    assertThat(rows.get(1).features()).isEqualTo(features(TopicRecords.longitudes(0, 90), b));
    assertThat(rows.get(2).features()).isEqualTo(features(TopicRecords.longitudes(0, 120), b));
    assertThat(topics.set().caveats()).first().asString().startsWith("1 pieces of feedback");
  }

  @Test
  void aMoveOfALowerRevisionChangesNothing() {
    add(
        TopicRecords.chart("a", 5, 100, 0, 60),
        TopicRecords.moonMoved("a", 4, 120, 90),
        TopicRecords.chart("b", 1, 100, 0, 0),
        TopicRecords.watch("p", "a", "b"),
        TopicRecords.feedback("p", "rating", 0.5, 150));

    assertThat(topics.set().rows().get(0).features())
        .isEqualTo(features(TopicRecords.longitudes(0, 60), TopicRecords.longitudes(0, 0)));
  }

  @Test
  void whatIsErasedIsNotLearnedFrom() {
    add(
        TopicRecords.chart("a", 1, 100, 0, 60),
        TopicRecords.moonMoved("a", 2, 110, 90),
        TopicRecords.chart("b", 1, 100, 0, 0),
        TopicRecords.chart("c", 1, 100, 0, 0),
        TopicRecords.watch("erased-chart", "a", "b"),
        TopicRecords.watch("erased-watch", "b", "c"),
        TopicRecords.feedback("erased-chart", "rating", 0.5, 150),
        TopicRecords.feedback("erased-watch", "rating", 0.5, 150));
    assertThat(topics.set().rows()).hasSize(2);

    add(TopicRecords.erase("a"));
    written = 200;
    add(TopicRecords.unwatch("erased-watch"));
    assertThat(topics.set().rows()).isEmpty();

    add(
        TopicRecords.chart("a", 1, 300, 5, 65),
        TopicRecords.watch("erased-watch", "b", "c"),
        TopicRecords.feedback("erased-chart", "rating", 0.5, 400),
        TopicRecords.feedback("erased-watch", "rating", 0.5, 400));
    assertThat(topics.set().rows()).extracting(LabelledPair::at).containsExactly(400L, 400L);
  }

  @Test
  void aPairThatComparedOtherChartsIsAskedForItsTime() {
    add(
        TopicRecords.chart("a", 1, 0, 0, 60),
        TopicRecords.chart("b", 1, 0, 0, 0),
        TopicRecords.chart("c", 1, 0, 0, 90));
    written = 100;
    add(TopicRecords.watch("p", "a", "b"));
    written = 200;
    add(TopicRecords.watch("p", "c", "b"));
    add(
        TopicRecords.feedback("p", "rating", 0.1, 50),
        TopicRecords.feedback("p", "rating", 0.2, 150),
        TopicRecords.feedback("p", "rating", 0.3, 250));
    Longitudes b = TopicRecords.longitudes(0, 0);

    List<LabelledPair> rows = topics.set().rows();

    assertThat(rows).extracting(LabelledPair::label).containsExactly(0.2, 0.3);
    assertThat(rows.get(0).features()).isEqualTo(features(TopicRecords.longitudes(0, 60), b));
    assertThat(rows.get(1).features()).isEqualTo(features(TopicRecords.longitudes(0, 90), b));
  }

  @Test
  void whatDoesNotCountIsCounted() {
    add(
        TopicRecords.chart("a", 1, 100, 0, 60),
        TopicRecords.chart("b", 1, 100, 0, 0),
        TopicRecords.watch("p", "a", "b"),
        TopicRecords.feedback("p", "rating", 0.5, 150),
        TopicRecords.feedback("p", "rating", 0.5, 150),
        TopicRecords.feedback("p", "rating", 0.6, 150),
        TopicRecords.feedback("p", "click", 1, 150),
        TopicRecords.feedback("p", "rating", 1.5, 151));

    TrainingSet set = topics.set();

    assertThat(set.rows()).extracting(LabelledPair::label).containsExactly(0.5);
    assertThat(set.caveats())
        .last()
        .isEqualTo(
            "2 pieces of feedback came again, 1 were of other kinds, and 1 records were not as they must"
                + " be.");
  }

  private void add(OutputRecord... records) {
    for (OutputRecord record : records) {
      topics.add(TopicRecords.read(record, written));
    }
  }

  private static float[] features(Longitudes a, Longitudes b) {
    PairRows rows = new PairRows(SCHEMA);
    float[] features = rows.featuresLater(rows.aspects(a, b), a, b);
    rows.extract();
    return features;
  }
}
