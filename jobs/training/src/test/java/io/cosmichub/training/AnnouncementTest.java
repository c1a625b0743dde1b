package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.serving.Control;
import org.junit.jupiter.api.Test;

final class AnnouncementTest {
  private static final byte[] SMALL = {1, 2, 3};
  private static final String SHA = "a".repeat(64);
  private static final String OTHER_SHA = "b".repeat(64);
  private static final String FEATURES = "c".repeat(64);

  private final ControlTopic topic = new ControlTopic();

  @Test
  void theSameArtifactIsNotSentAgainAndWhoIsInStaysIn() {
    Announcement first = announce(0.05, SHA);
    first.records().forEach(this::stands);
    Control.Flag salted =
        new Control.Flag(
            "m.share", 2, new Rollout(Rollout.Feature.MODEL, "of before", 0.1), "m", "");
    stands(InputEncoder.control(salted));

    Announcement grown = announce(0.2, SHA);

    assertThat(first.records()).hasSize(2);
    assertThat(grown.records()).hasSize(1);
    assertThat(grown.model().label()).isEqualTo("m@1");
    assertThat(grown.flag().version()).isEqualTo(3);
    assertThat(grown.flag().rollout())
        .isEqualTo(new Rollout(Rollout.Feature.MODEL, "of before", 0.2));
  }

  @Test
  void anotherArtifactIsANewVersionAndSoIsOneThatWasRemoved() {
    announce(1, SHA).records().forEach(this::stands);
    assertThat(announce(1, OTHER_SHA).model().label()).isEqualTo("m@2");

    stands(InputEncoder.removeControl("m"));
    assertThat(announce(1, SHA).model().label()).isEqualTo("m@2");
    assertThat(announce(1, SHA).isNew()).isTrue();
    stands(InputEncoder.removeControl("m.share"));
    assertThat(announce(1, SHA).flag().version()).isEqualTo(2);
  }

  @Test
  void whatTheJobRefusedBecauseOfAVersionThatWasRemovedDoesNotStand() {
    model(3).records().forEach(this::stands);
    stands(InputEncoder.removeControl("m"));
    stands(
        InputEncoder.control(new Control.Model("m", 2, "m.pb", ByteString.EMPTY, SHA, FEATURES)));

    assertThat(announce(1, SHA).model().label()).isEqualTo("m@4");
    assertThat(announce(1, SHA).isNew()).isTrue();
  }

  @Test
  void aVersionThatOnlyTheJobKnowsIsPassedByAskingForAHigherOne() {
    Announcement first = announce(1, SHA);
    first.records().forEach(this::stands);

    assertThat(
            first.whatNow(new FirstScore.Outcome.Refused("m", "CONTROL_CONFLICT", "not above 6")))
        .hasValueSatisfying(hint -> assertThat(hint).contains("--least-version N"));
    assertThat(first.whatNow(new FirstScore.Outcome.Refused("m", "ARTIFACT_TOO_SLOW", "")))
        .isEmpty();
    assertThat(model(7).model().label()).isEqualTo("m@7");
    assertThat(model(7).isNew()).isTrue();
    model(7).records().forEach(this::stands);
    assertThat(model(7).isNew()).isFalse();
  }

  @Test
  void oneThatIsTooLargeToBeSentIsReferredToInstead() {
    byte[] large = new byte[1 << 20];

    assertThatThrownBy(() -> of(wish(""), large).records())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("TOO_LARGE")
        .hasMessageContaining("--reference");
    assertThat(of(wish("models/m.pb"), large).records()).hasSize(2);
  }

  @Test
  void whatStandsInTheWayOfAFlagIsSaid() {
    Announcement announcement = announce(0.5, SHA);
    stands(
        InputEncoder.control(
            new Control.Flag(
                "earlier", 1, new Rollout(Rollout.Feature.MODEL, "salt", 1), "other", "")));

    assertThat(announcement.whyNot(7, topic))
        .anyMatch(reason -> reason.contains("7 scores by others"))
        .anyMatch(reason -> reason.contains("the first by name holds: earlier"));
    assertThat(announcement.whyNot(0, topic))
        .anyMatch(reason -> reason.contains("the job does not run, or no pair moved"));
  }

  private Announcement announce(double share, String sha256) {
    return Announcement.of(
        new Announcement.Wish("m", "m.share", "", share, "", false, 1),
        SMALL,
        sha256,
        FEATURES,
        topic);
  }

  private Announcement model(long leastVersion) {
    return Announcement.of(
        new Announcement.Wish("m", "m.share", "", 1, "", false, leastVersion),
        SMALL,
        SHA,
        FEATURES,
        topic);
  }

  private Announcement of(Announcement.Wish wish, byte[] artifact) {
    return Announcement.of(wish, artifact, SHA, FEATURES, topic);
  }

  private static Announcement.Wish wish(String reference) {
    return new Announcement.Wish("m", "m.share", reference, 1, "", false, 1);
  }

  private void stands(OutputRecord record) {
    topic.add(
        new InputRecord(record.topic(), 0, 0, 0, record.key(), record.value(), record.headers()));
  }
}
