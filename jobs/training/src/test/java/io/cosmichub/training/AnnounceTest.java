package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.ControlDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.Topics;
import io.cosmichub.quickstart.LocalBroker;
import io.cosmichub.serving.Control;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a job: what goes onto the topic, and what is said where nothing comes of it. */
final class AnnounceTest {
  private static final String SAMPLE = "../../docs/examples/model.pb";
  private static final String NOWHERE = "127.0.0.1:1";

  @TempDir private Path folder = Path.of("");
  private final StringWriter err = new StringWriter();

  @Test
  void whatNoJobWouldTakeIsRefusedBeforeAnythingIsSent() throws IOException {
    Path none = Files.writeString(folder.resolve("none.pb"), "no artifact");

    assertThat(announce(folder.resolve("absent.pb").toString(), NOWHERE)).isEqualTo(2);
    assertThat(announce(none.toString(), NOWHERE)).isEqualTo(2);
    assertThat(announce(SAMPLE, NOWHERE, "--share", "101")).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no file", "absent.pb")
        .contains("a job would refuse", "NOT_AN_ARTIFACT")
        .contains("--share is 0 to 100");
  }

  @Test
  void aBrokerThatIsNotThereIsSaidAndNamed() throws IOException {
    Path settings =
        Files.writeString(folder.resolve("client.properties"), "default.api.timeout.ms=200\n");

    assertThat(announce(SAMPLE, NOWHERE, "--kafka", settings.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("the topics at " + NOWHERE + " cannot be read");
  }

  @Test
  void aModelIsSentOnceAndItsShareUnderAHigherVersionEachTime() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder.resolve("broker"))) {
      String bootstrap = broker.bootstrapServers();
      createTopics(bootstrap);

      assertThat(announce(SAMPLE, bootstrap, "--share", "5", "--wait", "0")).isEqualTo(3);
      assertThat(announce(SAMPLE, bootstrap, "--share", "0")).isZero();
      assertThat(announce(SAMPLE, bootstrap, "--name", "a/b")).isEqualTo(2);
      assertThat(announce(SAMPLE, bootstrap, "--name", "compatibility.share")).isEqualTo(2);
      assertThat(announce(SAMPLE, bootstrap, "--share", "0", "--anew")).isZero();

      List<String> sent = new ArrayList<>();
      ControlDecoder decoder = new ControlDecoder();
      Properties settings = new Properties();
      settings.put("bootstrap.servers", bootstrap);
      try (TopicReader reader = new TopicReader(settings)) {
        reader.read(
            List.of(Topics.CONTROL),
            record -> {
              Control control = ((Decoded.Value<Control>) decoder.decode(record)).value();
              sent.add(
                  control instanceof Control.Flag flag
                      ? control.name() + " " + control.version() + ": " + flag.rollout().share()
                      : control.name() + " " + control.version());
            });
      }
      assertThat(sent)
          .containsExactly(
              "compatibility 1",
              "compatibility.share 1: 0.05",
              "compatibility.share 2: 0.0",
              "compatibility 2",
              "compatibility.share 3: 0.0");
      assertThat(err.toString()).contains("CONTROL_INVALID", "is no model; --name another one");
    }
  }

  private int announce(String file, String bootstrap, String... more) {
    List<String> arguments = new ArrayList<>(List.of(file, "--bootstrap", bootstrap));
    arguments.addAll(List.of(more));
    return Announce.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private static void createTopics(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.CONTROL, 1, (short) 1),
                  new NewTopic(Topics.deadLetters(Topics.CONTROL), 1, (short) 1),
                  new NewTopic(Topics.SYNASTRY_SCORES, 2, (short) 1)))
          .all()
          .get();
    }
  }
}
