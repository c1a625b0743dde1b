package io.cosmichub.pipeline;

import io.cosmichub.contracts.TopicCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the catalog that do not exist yet; those that do are left as they are. */
public final class CreateTopics {

  private CreateTopics() {}

  /** Takes the same configuration as {@link Main}; prints what it created. */
  public static void main(String[] args) throws Exception {
    EntryPoint.run("Creates the topics that do not exist yet.", args, CreateTopics::execute);
  }

  private static void execute(PipelineConfig config) throws Exception {
    Properties properties = config.kafka().properties().toProperties();
    properties.setProperty(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      List<String> created = createMissing(admin);
      System.out.println(
          created.isEmpty() ? "All topics exist." : "Created " + String.join(", ", created) + ".");
    }
  }

  /**
   * Creates what is missing, replicated as the brokers do by default, and says what that was.
   * Throws what Kafka answers, a topic that exists aside.
   */
  public static List<String> createMissing(Admin admin)
      throws InterruptedException, ExecutionException {
    List<NewTopic> topics = TopicCatalog.load().stream().map(CreateTopics::topic).toList();
    List<String> created = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<Void>> answer :
        admin.createTopics(topics).values().entrySet()) {
      try {
        answer.getValue().get();
        created.add(answer.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    created.sort(null);
    return List.copyOf(created);
  }

  private static NewTopic topic(TopicCatalog.Entry entry) {
    return new NewTopic(entry.topic(), Optional.of(entry.partitions()), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                entry.cleanupPolicy(),
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(entry.retentionMs())));
  }
}
