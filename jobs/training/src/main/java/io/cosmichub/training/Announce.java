package io.cosmichub.training;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Verification;
import io.cosmichub.topics.TopicException;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./run announce}: has a running job score a share of all pairs by a model, and waits for
 * its first score. Exits with 0 if that came, 3 if it did not or the job refused, 1 if something
 * failed, 2 if the request was not as it must be.
 */
@Command(
    name = "./run announce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends a model that ./run train wrote, and the flag by which it scores a share of all pairs, to",
      "cosmichub.control.v1; then waits for the first committed score by it and says how long that took.",
      "A model that stands there already is not sent again: only the share changes."
    },
    footer = {
      "",
      "Exit status: 0 a pair was scored by it (or nobody is to be: --share 0), 3 none was, or the job refused it,",
      "2 a wrong option or file, or no broker, 1 a failure.",
      "",
      "To go back: the same with a lower --share, or the model of before again."
    })
public final class Announce implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int NOT_SERVED = 3;
  private static final double PERCENT = 100;

  @Parameters(paramLabel = "MODEL.pb", description = "The artifact.")
  private Path file = Path.of("");

  @Option(
      names = "--bootstrap",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The brokers of the job.")
  private String bootstrap = "";

  @Option(
      names = "--share",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "How many of all pairs it scores, 0 to 100. Default: ${DEFAULT-VALUE}.")
  private double share;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the model. Default: its family, such as compatibility.")
  private @Nullable String name;

  @Option(
      names = "--flag",
      paramLabel = "NAME",
      description = "Name of the flag. Default: that of the model with .share behind it.")
  private @Nullable String flag;

  @Option(
      names = "--otherwise",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The model of the other pairs. Default: none, the rules alone.")
  private String otherwise = "";

  @Option(
      names = "--reference",
      paramLabel = "PATH",
      defaultValue = "",
      description = {
        "Where the same file lies below the job's cosmichub.models.folder, for one that is too large to be",
        "sent. Default: it is sent inline."
      })
  private String reference = "";

  @Option(
      names = "--anew",
      description = "Send the model under a new version though it stands there already.")
  private boolean anew;

  @Option(
      names = "--least-version",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Send the model under this version or a higher one. Default: one above those on the topic. A job may",
        "know of a higher one that was removed: then it refuses the model and says which."
      })
  private long leastVersion;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for the first score. Default: ${DEFAULT-VALUE}.")
  private int wait;

  @Option(
      names = "--kafka",
      paramLabel = "FILE",
      description = "Properties of the Kafka client, such as those of its security.")
  private @Nullable Path kafka;

  /** Runs the command and exits. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Announce())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof UsageException || e instanceof TopicException) {
                command.getErr().println("announce: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              command.getErr().println("announce: failed");
              e.printStackTrace(command.getErr());
              return FAILED;
            });
  }

  @Override
  public Integer call() throws Exception {
    if (!(share >= 0 && share <= PERCENT) || wait < 0 || leastVersion < 1) {
      throw new UsageException(
          "--share is 0 to 100, --wait 0 or more, and --least-version 1 or more");
    }
    byte[] artifact = read();
    String sha256 = Sha256.of(artifact);
    FeatureSchema schema = FeatureSchema.ofLongitudes(AspectPolicy.classic());
    Verification.Accepted accepted = verified(artifact, sha256, schema);
    String model = name == null ? accepted.family() : name;
    Announcement.Wish wish =
        new Announcement.Wish(
            model,
            flag == null ? model + ".share" : flag,
            reference,
            share / PERCENT,
            otherwise,
            anew,
            leastVersion);
    Properties client = ClientProperties.of(kafka);
    ControlTopic topic = new ControlTopic();
    try (TopicReader reader = new TopicReader(settings(client))) {
      reader.read(List.of(Topics.CONTROL), topic::add);
    }
    Announcement announcement = Announcement.of(wish, artifact, sha256, schema.hash(), topic);
    List<OutputRecord> records = announcement.records();
    say(announcement, artifact.length);
    try (FirstScore scores = new FirstScore(settings(client), announcement.model().label())) {
      long began = System.nanoTime();
      Set<FirstScore.Place> sent = send(client, records);
      System.out.println("Sent to " + Topics.CONTROL + " at " + bootstrap + ".");
      if (share == 0) {
        return CommandLine.ExitCode.OK;
      }
      return told(scores.await(sent, began, Duration.ofSeconds(wait)), announcement, topic);
    } catch (KafkaException e) {
      throw new UsageException(
          "the topics at " + bootstrap + " cannot be used: " + e.getMessage(), e);
    }
  }

  private byte[] read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("there is no file " + file);
    }
    if (Files.size(file) > ArtifactVerifier.MAX_BYTES) {
      throw new UsageException(
          file + " is larger than " + ArtifactVerifier.MAX_BYTES + " bytes, which no job takes");
    }
    return Files.readAllBytes(file);
  }

  private Verification.Accepted verified(byte[] artifact, String sha256, FeatureSchema schema) {
    Verification verification = new ArtifactVerifier(schema).verify(artifact, sha256);
    if (verification instanceof Verification.Accepted accepted) {
      return accepted;
    }
    FeatureSchema cells = FeatureSchema.of(schema.policy(), Set.of(FeatureGroup.CELLS));
    if (new ArtifactVerifier(cells).verify(artifact, sha256) instanceof Verification.Accepted) {
      throw new UsageException(
          file
              + " says how strongly aspects are felt, and scores no pairs: join "
              + ModelFiles.STRENGTHS
              + " beside it to the aspects of a pair (docs/models.md)");
    }
    Verification.Refused refused = (Verification.Refused) verification;
    throw new UsageException(
        "a job would refuse " + file + ": " + refused.code() + ", " + refused.detail());
  }

  private void say(Announcement announcement, int bytes) {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d bytes, SHA-256 %s%s%n",
        announcement.model().label(),
        bytes,
        announcement.model().sha256(),
        announcement.isNew() ? "" : "; it stands there already");
    System.out.printf(
        Locale.ROOT,
        "%s, version %d: %s %% of all pairs are scored by it, the others by %s%n",
        announcement.flag().name(),
        announcement.flag().version(),
        percent(),
        otherwise.isEmpty() ? "the rules alone" : otherwise);
  }

  private String percent() {
    return share == Math.rint(share) ? Long.toString((long) share) : Double.toString(share);
  }

  private Properties settings(Properties client) {
    Properties properties = new Properties();
    properties.put("default.api.timeout.ms", "15000");
    properties.put("max.block.ms", "15000");
    properties.putAll(client);
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "cosmichub-announce");
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    properties.put("acks", "all");
    return properties;
  }

  private Set<FirstScore.Place> send(Properties client, List<OutputRecord> records)
      throws InterruptedException {
    Set<FirstScore.Place> sent = new HashSet<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings(client), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (OutputRecord record : records) {
        ProducerRecord<byte[], byte[]> message =
            new ProducerRecord<>(record.topic(), record.key(), record.value());
        record.headers().forEach(header -> message.headers().add(header.name(), header.value()));
        RecordMetadata place = producer.send(message).get();
        sent.add(new FirstScore.Place(place.partition(), place.offset()));
      }
      return sent;
    } catch (ExecutionException e) {
      throw new UsageException(
          Topics.CONTROL + " at " + bootstrap + " cannot be written: " + e.getMessage(), e);
    }
  }

  private int told(FirstScore.Outcome outcome, Announcement announcement, ControlTopic topic) {
    String label = announcement.model().label();
    if (outcome instanceof FirstScore.Outcome.Scored scored) {
      System.out.printf(
          Locale.ROOT,
          "The first score by %s came after %.1f s: pair %s.%n",
          label,
          scored.after().toNanos() / 1e9,
          scored.score().pairId());
      return CommandLine.ExitCode.OK;
    }
    if (outcome instanceof FirstScore.Outcome.Refused refused) {
      System.out.println(
          "The job refused " + refused.name() + ": " + refused.code() + ", " + refused.reason());
      announcement.whatNow(refused).ifPresent(hint -> System.out.println("  " + hint));
      return NOT_SERVED;
    }
    System.out.printf(Locale.ROOT, "No score by %s came within %d s.%n", label, wait);
    announcement
        .whyNot(((FirstScore.Outcome.Nothing) outcome).byOthers(), topic)
        .forEach(reason -> System.out.println("  " + reason));
    return NOT_SERVED;
  }
}
