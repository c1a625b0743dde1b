package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.ScoreMeasures;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.PairModel;
import io.cosmichub.model.Verification;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Choice;
import io.cosmichub.serving.Control;
import io.cosmichub.serving.PairScorer;
import io.cosmichub.serving.Serving;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is served in a subtask, and the scores that follow from it. What was told is state; models
 * are made of it anew when a task is restored. Of one task thread.
 */
final class PairServing {

  /** The counter of scores by a model. */
  static final String MODEL_SCORES = "model_scores";

  /** The counter of answers of a model that were none. */
  static final String MODEL_FAILURES = "model_failures";

  /** The counter of changes of what is served. */
  static final String SERVING_CHANGES = "serving_changes";

  /** The gauge of models that may score. */
  static final String MODELS = "models";

  /** How often it is told how scores went, in milliseconds, while there are any. */
  static final long MEASURES_EVERY = 5_000;

  /** No name holds it. */
  private static final String FORMER = "@";

  private static final Logger LOG = LoggerFactory.getLogger(PairServing.class);

  private final ArtifactVerifier verifier;
  private final PairScorer scorer;
  private final ScoreMeasures measures;
  private final Counter scores;
  private final Counter failures;
  private final Counter changes;
  private final Map<Control.Model, PairModel> models = new HashMap<>();
  private @Nullable BroadcastState<String, byte[]> told;
  private Serving serving = Serving.NOTHING;
  private long measuresAt;

  PairServing(AspectPolicy policy, MetricGroup operator, LongSupplier nanoTime) {
    FeatureSchema schema = FeatureSchema.ofLongitudes(policy);
    verifier = new ArtifactVerifier(schema);
    scorer = new PairScorer(schema);
    measures = new ScoreMeasures(nanoTime);
    MetricGroup metrics = operator.addGroup(Accounting.GROUP);
    scores = metrics.counter(MODEL_SCORES);
    failures = metrics.counter(MODEL_FAILURES);
    changes = metrics.counter(SERVING_CHANGES);
    metrics.gauge(MODELS, models::size);
  }

  /** Goes on with what was told before. */
  void restore(BroadcastState<String, byte[]> state) throws Exception {
    told = state;
    serving = serving();
  }

  /**
   * Keeps what is told; it holds from the next pair on. Of a model, what was told before stays
   * beside it, so that going back takes no artifact again.
   */
  void told(Told news) throws Exception {
    BroadcastState<String, byte[]> state = Objects.requireNonNull(told);
    String former = news.name() + FORMER;
    byte[] before = state.get(news.name());
    byte[] content = news.content();
    if (content == null) {
      state.remove(news.name());
      state.remove(former);
    } else {
      if (before != null && ControlBytes.read(before) instanceof Control.Model) {
        state.put(former, before);
      }
      state.put(news.name(), content);
    }
    serving = serving();
    changes.inc();
  }

  /**
   * Who scores the pair of a piece of work. Models hold for the features of one policy, the job's:
   * a pair under another one is scored by the rules alone, in no experiment.
   */
  Choice choose(PairWork work) {
    if (!work.policy().isEmpty()) {
      return Choice.RULES;
    }
    return serving.choose(work.pairId(), work.chartA(), time(work));
  }

  /** The time that decides about experiments, in epoch milliseconds. */
  static long time(PairWork work) {
    return work.ingestedAt() > 0 ? work.ingestedAt() : work.eventTime();
  }

  /** The update with what the choice makes of its pair; the end of a pair as it is. */
  PairUpdate score(PairUpdate update, PairWork work, Choice choice) {
    if (update.score() == null) {
      return update;
    }
    if (!choice.inExperiment()) {
      return scored(update, work, choice);
    }
    long began = measures.begin(choice);
    PairUpdate scored = scored(update, work, choice);
    measures.end(choice, began, failed(choice, scored));
    return scored;
  }

  /** Whether it is time, in epoch milliseconds, to tell how scores went; it is once. */
  boolean measuresDue(long now) {
    if (now < measuresAt) {
      return false;
    }
    measuresAt = now + MEASURES_EVERY;
    return true;
  }

  /** How the scores of the arms of experiments went since this was asked last. */
  List<Contribution> measures() {
    return measures.take();
  }

  private PairUpdate scored(PairUpdate update, PairWork work, Choice choice) {
    Served served = scorer.score(choice, update.aspects(), work.a(), work.b());
    if (choice.model() != null) {
      (served != null && served.hasModel() ? scores : failures).inc();
    }
    return served == null ? update : update.with(served);
  }

  /** Whether the model of a choice gave no answer. */
  private static boolean failed(Choice choice, PairUpdate scored) {
    Served served = scored.served();
    return choice.model() != null && (served == null || !served.hasModel());
  }

  private Serving serving() throws Exception {
    List<Control> controls = new ArrayList<>();
    List<Control.Model> former = new ArrayList<>();
    Map<Control.Model, PairModel> kept = new HashMap<>();
    for (Map.Entry<String, byte[]> entry : Objects.requireNonNull(told).entries()) {
      Control control = ControlBytes.read(entry.getValue());
      if (control instanceof Control.Model model) {
        PairModel loaded = models.containsKey(model) ? models.get(model) : load(model);
        if (loaded == null) {
          continue;
        }
        kept.put(model, loaded);
        if (!entry.getKey().equals(model.name())) {
          former.add(model);
          continue;
        }
      }
      controls.add(control);
    }
    models.clear();
    models.putAll(kept);
    return Serving.of(controls, former, kept::get, scorer::readsSigns);
  }

  /**
   * Every model was verified when it came; one of before a change of the features is no use now.
   */
  private @Nullable PairModel load(Control.Model model) {
    Verification verification = verifier.verify(model.inline().toByteArray(), model.sha256());
    if (verification instanceof Verification.Accepted accepted) {
      measures.newModel();
      return accepted.model();
    }
    LOG.warn("{} does not score: {}", model.label(), verification);
    return null;
  }
}
