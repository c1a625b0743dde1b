package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
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
import io.cosmichub.streaming.rollout.ToldControls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /** The gauge of models that a flag or an experiment names and that are not among them. */
  static final String MODELS_MISSING = "models_missing";

  /** How often it is told how scores went, in milliseconds, while there are any. */
  static final long MEASURES_EVERY = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(PairServing.class);

  private final ArtifactVerifier verifier;
  private final PairScorer scorer;
  private final ScoreMeasures measures;
  private final Counter scores;
  private final Counter failures;
  private final Counter changes;
  private final Map<Control.Model, PairModel> models = new HashMap<>();
  private final Set<Refused> refused = new HashSet<>();
  private @Nullable ToldControls told;
  private Serving serving = Serving.NOTHING;
  private List<String> missing = List.of();
  private long latest;
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
    metrics.gauge(MODELS_MISSING, () -> serving.missing(latest).size());
  }

  /** Goes on with what was told before. */
  void restore(BroadcastState<String, byte[]> state) throws Exception {
    ToldControls controls = new ToldControls(state);
    told = controls;
    serve(controls);
  }

  /** Keeps what is told; it holds from the next pair on. */
  void told(Told news) throws Exception {
    ToldControls controls = Objects.requireNonNull(told);
    controls.told(news);
    serve(controls);
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
    latest = time(work);
    return serving.choose(work.pairId(), work.chartA(), latest);
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

  private void serve(ToldControls controls) throws Exception {
    ToldControls.Content content = controls.read();
    Map<Control.Model, PairModel> kept = new HashMap<>();
    Set<Refused> refusedYet = new HashSet<>();
    List<Control> holding = new ArrayList<>(content.holding());
    holding.removeIf(
        control -> control instanceof Control.Model model && !loads(model, kept, refusedYet));
    List<Control.Model> former = new ArrayList<>(content.former());
    former.removeIf(model -> !loads(model, kept, refusedYet));
    models.clear();
    models.putAll(kept);
    refused.clear();
    refused.addAll(refusedYet);
    serving = Serving.of(holding, former, kept::get, scorer::readsSigns);
    sayWhatIsMissing();
  }

  private void sayWhatIsMissing() {
    List<String> now = serving.missing(latest);
    if (now.equals(missing)) {
      return;
    }
    missing = now;
    if (now.isEmpty()) {
      LOG.info("Every model that is named is here");
    } else {
      LOG.warn("Named, but not here, so whatever names them is passed over: {}", now);
    }
  }

  private boolean loads(
      Control.Model model, Map<Control.Model, PairModel> kept, Set<Refused> refusedYet) {
    Refused asRefused = new Refused(model.label(), model.sha256());
    PairModel loaded = models.get(model);
    if (loaded == null && !refused.contains(asRefused)) {
      loaded = load(model);
    }
    if (loaded == null) {
      refusedYet.add(asRefused);
      return false;
    }
    kept.put(model, loaded);
    return true;
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

  /** An artifact that does not score, so that it is not verified again while it is told of. */
  private record Refused(String label, String sha256) {}
}
