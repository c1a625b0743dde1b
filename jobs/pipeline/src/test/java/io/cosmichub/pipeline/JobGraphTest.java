package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.streaming.runtime.partitioner.GlobalPartitioner;
import org.junit.jupiter.api.Test;

/** The job from Kafka to Kafka, as Flink is given it. */
final class JobGraphTest {

  private static StreamGraph graph(String... more) {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--cosmichub.parallelism=3");
    args.add("--cosmichub.checkpoint.interval=7s");
    args.add("--cosmichub.buffer-timeout=4ms");
    args.add("--cosmichub.job.name=a name");
    KafkaJob.define(environment, PipelineConfig.load(args.toArray(new String[0]), Map.of(), null));
    return environment.getStreamGraph();
  }

  private static Collection<StreamNode> nodes() {
    return graph().getStreamNodes();
  }

  @Test
  void theJobRunsAsItIsConfigured() {
    StreamGraph graph = graph();

    assertThat(graph.getJobName()).isEqualTo("a name");
    assertThat(graph.getCheckpointConfig().getCheckpointInterval()).isEqualTo(7_000);
    assertThat(graph.getCheckpointConfig().getCheckpointingConsistencyMode())
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(graph.getStreamNodes())
        .allSatisfy(
            node -> {
              assertThat(node.getParallelism()).isEqualTo(inOneTask(node) ? 1 : 3);
              assertThat(node.getBufferTimeout()).isEqualTo(4);
            });
  }

  @Test
  void everyOperatorHasTheUidThatItAlwaysHad() throws IOException {
    try (InputStream in = JobGraphTest.class.getResourceAsStream("uids.txt")) {
      String released =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(nodes())
          .extracting(StreamNode::getTransformationUID)
          .as("A uid that changes loses its operator's state; a new operator is added to uids.txt")
          .containsExactlyInAnyOrderElementsOf(released.lines().toList());
    }
  }

  @Test
  void everyOperatorHasTheNameThatIsListedForItsUid() {
    Collection<StreamNode> nodes = nodes();
    for (OperatorId id : OperatorIds.all()) {
      assertThat(nodes)
          .filteredOn(node -> id.uid().equals(node.getTransformationUID()))
          .as(id.uid())
          .hasSize(1)
          .allSatisfy(node -> assertThat(node.getOperatorName()).contains(id.name()));
    }
  }

  @Test
  void aStepThatIsSwitchedOffIsNotInTheJob() {
    List<String> matches =
        List.of(
            OperatorIds.MATCH_CHANGES.uid(),
            OperatorIds.MATCH_COHORTS.uid(),
            OperatorIds.MATCHES.uid(),
            OperatorIds.ENCODE_MATCHES.uid());
    List<String> all = nodes().stream().map(StreamNode::getTransformationUID).toList();
    for (String off :
        List.of("--cosmichub.matches.best=0", "--cosmichub.population.enabled=false")) {
      List<String> left =
          graph(off).getStreamNodes().stream().map(StreamNode::getTransformationUID).toList();

      assertThat(left).as(off).isNotEmpty().doesNotContainAnyElementsOf(matches);
      assertThat(all).containsAll(left).containsAll(matches);
    }
    assertThat(graph("--cosmichub.matches.best=0").getStreamNodes())
        .hasSize(all.size() - matches.size());
  }

  @Test
  void bestMatchesHangOnTheFanOutAndNotOnTheWayOfThePairs() {
    StreamGraph graph = graph();
    StreamNode matches = node(graph, OperatorIds.MATCHES);

    assertThat(sources(graph, matches))
        .containsExactlyInAnyOrder(
            OperatorIds.MATCH_CHANGES.uid(), OperatorIds.MATCH_COHORTS.uid());
    assertThat(sources(graph, node(graph, OperatorIds.MATCH_COHORTS)))
        .containsExactly(OperatorIds.MATCH_CHANGES.uid());
    assertThat(sources(graph, node(graph, OperatorIds.MATCH_CHANGES)))
        .containsExactly(OperatorIds.CHART_FAN_OUT.uid());
    assertThat(matches.getOutEdges())
        .singleElement()
        .satisfies(
            edge ->
                assertThat(graph.getStreamNode(edge.getTargetId()).getTransformationUID())
                    .isEqualTo(OperatorIds.ENCODE_MATCHES.uid()));
  }

  private static List<String> sources(StreamGraph graph, StreamNode node) {
    return node.getInEdges().stream()
        .map(edge -> graph.getStreamNode(edge.getSourceId()).getTransformationUID())
        .toList();
  }

  private static StreamNode node(StreamGraph graph, OperatorId id) {
    return graph.getStreamNodes().stream()
        .filter(node -> id.uid().equals(node.getTransformationUID()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noEdgeAndNoKeyIsSerializedByReflection() {
    for (StreamNode node : nodes()) {
      assertThat(serializers(node))
          .as(node.getOperatorName())
          .noneMatch(KryoSerializer.class::isInstance)
          .noneMatch(PojoSerializer.class::isInstance);
    }
  }

  @Test
  void onlyKeyedExchangesAndThoseToOneTaskMoveRecordsBetweenSubtasks() {
    for (StreamNode node : nodes()) {
      for (StreamEdge edge : node.getInEdges()) {
        boolean keyed =
            node.getStatePartitioners().length > 0
                && !OperatorIds.PAIR_ASPECTS.uid().equals(node.getTransformationUID());
        assertThat(edge.getPartitioner() instanceof ForwardPartitioner)
            .as(edge.toString())
            .isEqualTo(!keyed && !inOneTask(node));
        assertThat(edge.getPartitioner() instanceof GlobalPartitioner)
            .as(edge.toString())
            .isEqualTo(inOneTask(node));
      }
    }
  }

  /** Whoever lets cohorts pass has to see all of them. */
  private static boolean inOneTask(StreamNode node) {
    return Stream.of(
            OperatorIds.POPULATION_COHORTS, OperatorIds.PATTERN_COHORTS, OperatorIds.MATCH_COHORTS)
        .anyMatch(id -> id.uid().equals(node.getTransformationUID()));
  }

  @Test
  void aPairIsOneTaskFromBothChartsToTheSinks() {
    JobGraph jobs = graph().getJobGraph();

    assertThat(jobs.getVertices())
        .extracting(JobVertex::getName)
        .filteredOn(name -> name.contains(OperatorIds.PAIR_CHARTS.name()))
        .singleElement(STRING)
        .contains(
            OperatorIds.ASPECTS.name(),
            OperatorIds.PAIR_ASPECTS.name(),
            OperatorIds.POPULATION_OF_PAIRS.name(),
            OperatorIds.ENCODE_OUTPUTS.name(),
            OperatorIds.WRITE_COMMITTED.name(),
            OperatorIds.WRITE_LIVE.name());
  }

  private static Stream<TypeSerializer<?>> serializers(StreamNode node) {
    return Stream.of(
            Stream.<TypeSerializer<?>>of(node.getTypeSerializersIn()),
            Stream.ofNullable(node.getTypeSerializerOut()),
            Stream.ofNullable(node.getStateKeySerializer()))
        .flatMap(each -> each);
  }
}
