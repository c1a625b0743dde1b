package io.cosmichub.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.cosmichub.chart.Outcome;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.Assignment;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.ExperimentDefinition.Unit;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.PairModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServingTest {
  static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
  private static final PairModel ARRAYS = new LinearModel(1, new double[] {1});

  @Test
  void withoutAnythingTheRulesScore() {
    assertThat(Serving.NOTHING.choose("p", "a", START)).isSameAs(Choice.RULES);
    assertThat(of(model("m", 1)).choose("p", "a", START)).isSameAs(Choice.RULES);
  }

  @Test
  void aFlagDoesNotCountUntilBothOfItsModelsAreThere() {
    Control.Flag flag = flag("f", 0.5, "next", "current");
    assertThat(of(flag, model("next", 2)).choose("p", "a", START)).isSameAs(Choice.RULES);
    Serving serving = of(flag, model("next", 2), model("current", 1));
    for (int pair = 0; pair < 100; pair++) {
      String id = "p" + pair;
      assertThat(serving.choose(id, "a", START).label())
          .isEqualTo(flag.rollout().includes(id) ? "next@2" : "current@1");
    }
  }

  @Test
  void aNameStandsForTheNewestVersionAndWithAVersionForThatOne() {
    List<Control.Model> former = List.of(model("m", 1));
    assertThat(of(former, model("m", 2), flag("f", 1, "m", "")).choose("p", "a", START).label())
        .isEqualTo("m@2");
    assertThat(of(former, model("m", 2), flag("f", 1, "m@1", "")).choose("p", "a", START).label())
        .isEqualTo("m@1");
    assertThat(of(former, model("m", 2), flag("f", 1, "m@2", "")).choose("p", "a", START).label())
        .isEqualTo("m@2");
    assertThat(of(former, model("m", 2), flag("f", 1, "m@3", "")).choose("p", "a", START))
        .isSameAs(Choice.RULES);
    Serving both = of(former, model("m", 2), flag("f", 0.5, "m@2", "m@1"));
    for (int pair = 0; pair < 100; pair++) {
      String id = "p" + pair;
      assertThat(both.choose(id, "a", START).label())
          .isEqualTo(flag("f", 0.5, "m", "").rollout().includes(id) ? "m@2" : "m@1");
    }
    Serving trial = of(former, model("m", 2), experiment("e", Unit.PAIR, 1, "m@1"));
    for (int pair = 0; pair < 100; pair++) {
      assertThat(trial.choose("p" + pair, "a", START).label()).isIn("", "m@1");
    }
  }

  @Test
  void signsCountForThePairsOfAModelThatReadsThemAndForAllArmsOfItsExperiments() {
    PairModel reading = new LinearModel(2, new double[] {1});
    List<Control> controls =
        List.of(model("m", 1), model("n", 1), experiment("e", Unit.PAIR, 0.5, "m"));
    for (String of : List.of("m", "n")) {
      List<Control> all = new ArrayList<>(controls);
      all.add(flag("f", 0.5, of, ""));
      Serving serving =
          Serving.of(
              all,
              List.of(),
              model -> model.name().equals("m") ? reading : ARRAYS,
              model -> model == reading);
      Set<String> signs = new HashSet<>();
      Set<String> none = new HashSet<>();
      for (int pair = 0; pair < 200; pair++) {
        Choice choice = serving.choose("p" + pair, "a", START);
        (choice.bySigns() ? signs : none).add(choice.key());
      }
      List<String> arms = List.of("|e|control", "m@1|e|treatment");
      assertThat(signs).containsAll(arms).hasSize(of.equals("m") ? 3 : 2);
      assertThat(none).contains("").hasSize(of.equals("m") ? 1 : 2);
    }
  }

  @Test
  void anExperimentTakesItsUnitsFromItsStartToItsEnd() {
    Control.Experiment experiment = experiment("e", Unit.PAIR, 1, "m");
    Serving serving = of(experiment, model("m", 3), flag("f", 1, "m", ""));
    assertThat(serving.choose("p", "a", START - 1).experiment()).isEmpty();
    assertThat(serving.choose("p", "a", START).experiment()).isEqualTo("e");
    assertThat(serving.choose("p", "a", END - 1).experiment()).isEqualTo("e");
    assertThat(serving.choose("p", "a", END)).isEqualTo(new Choice("m@3", ARRAYS));
  }

  @Test
  void theArmIsThatOfTheUnit() {
    for (Unit unit : Unit.values()) {
      Control.Experiment experiment = experiment("e", unit, 1, "m");
      Assignment assignment = new Assignment(experiment.definition());
      Serving serving = of(experiment, model("m", 3));
      for (int i = 0; i < 200; i++) {
        String of = unit == Unit.PAIR ? "p" + i : "a" + i % 20;
        Choice choice = serving.choose("p" + i, "a" + i % 20, START);
        assertThat(choice.arm()).isEqualTo(Objects.requireNonNull(assignment.arm(of)).id());
        assertThat(choice.label()).isEqualTo(choice.arm().equals("treatment") ? "m@3" : "");
      }
    }
  }

  @Test
  void whoTakesNoPartInTheFirstExperimentMayTakePartInTheNext() {
    Serving serving =
        of(experiment("b", Unit.PAIR, 1, "m"), experiment("a", Unit.PAIR, 0.3, "m"), model("m", 1));
    int inFirst = 0;
    for (int pair = 0; pair < 1_000; pair++) {
      Choice choice = serving.choose("p" + pair, "x", START);
      assertThat(choice.inExperiment()).isTrue();
      inFirst += choice.experiment().equals("a") ? 1 : 0;
    }
    assertThat(inFirst).isBetween(230, 370);
  }

  @Test
  void aPausedArmTakesNobodyAndTheOthersGoOn() {
    Control.Experiment experiment = experiment("e", Unit.PAIR, 1, "m");
    Map<String, String> arms = Map.of("treatment", "it harms");
    Serving serving = of(experiment, model("m", 1), new Control.Pause(1, "e", 1, arms));
    Serving ofBefore = of(experiment, model("m", 1), new Control.Pause(1, "e", 2, arms));
    Assignment assignment = new Assignment(experiment.definition());
    for (int pair = 0; pair < 200; pair++) {
      String id = "p" + pair;
      String arm = Objects.requireNonNull(assignment.arm(id)).id();
      assertThat(serving.choose(id, "x", START).arm())
          .isEqualTo(arm.equals("treatment") ? "" : arm);
      assertThat(ofBefore.choose(id, "x", START).arm()).isEqualTo(arm);
    }
    assertThat(serving.choose("p", "x", END)).isSameAs(Choice.RULES);
  }

  @Test
  void everyExperimentHasANameForItsPausesThatTheContractTakes() {
    assertThat(Control.Pause.nameFor("trial")).isEqualTo("trial.paused");
    assertThat(Control.Pause.nameFor("t".repeat(64))).matches("[0-9a-f]{64}");
  }

  @Test
  void anExperimentWaitsForItsModelsAndOneOfTheRulesAloneForNone() {
    assertThat(of(experiment("e", Unit.PAIR, 1, "m")).choose("p", "a", START))
        .isSameAs(Choice.RULES);
    assertThat(of(experiment("e", Unit.PAIR, 1, "")).choose("p", "a", START).experiment())
        .isEqualTo("e");
  }

  @Test
  void choicesOfWhichAPairIsScoredOtherwiseHaveOtherKeys() {
    List<String> keys =
        List.of(
            Choice.RULES.key(),
            new Choice("m@1", ARRAYS).key(),
            new Choice("m@2", ARRAYS).key(),
            new Choice("m@1", ARRAYS, "e", "treatment", Terms.NONE).key(),
            new Choice("", null, "e", "control", Terms.NONE).key(),
            new Choice("", null, "f", "control", Terms.NONE).key());
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(Choice.RULES.key()).isEmpty();
  }

  @Test
  void aFlagNamesAPolicyIfItIsOneOfPoliciesAndScoresNobody() {
    Rollout policies = new Rollout(Rollout.Feature.POLICY, "s", 1);
    Rollout rescoring = new Rollout(Rollout.Feature.RESCORING, "s", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control.Flag("f", 1, policies, "", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control.Flag("f", 1, policies, "m", "", "tight"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control.Flag("f", 1, rescoring, "", "", "tight"));
    Control.Flag flag = new Control.Flag("f", 1, policies, "", "", "tight");
    assertThat(of(flag, model("m", 1)).choose("p", "a", START)).isSameAs(Choice.RULES);
  }

  @Test
  void aFlagNamesAModelIfItIsOneOfModels() {
    assertThatIllegalArgumentException().isThrownBy(() -> flag("f", 1, "", ""));
    Rollout rescoring = new Rollout(Rollout.Feature.RESCORING, "s", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control.Flag("f", 1, rescoring, "m", ""));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Control.Experiment(
                    1, experiment("e", Unit.PAIR, 1, "m").definition(), Map.of("nobody", "m")));
  }

  @Test
  void theVersionDecidesAndThenTheContent() {
    ControlMark mark = new ControlMark(3, "x");
    assertThat(mark.after(null)).isEqualTo(Outcome.APPLIED);
    assertThat(mark.after(new ControlMark(2, "x"))).isEqualTo(Outcome.APPLIED);
    assertThat(mark.after(new ControlMark(3, "x"))).isEqualTo(Outcome.DUPLICATE);
    assertThat(mark.after(new ControlMark(3, "y"))).isEqualTo(Outcome.CONFLICT);
    assertThat(mark.after(new ControlMark(4, "x"))).isEqualTo(Outcome.STALE);
    assertThat(mark.after(new ControlMark(2, "x").removed())).isEqualTo(Outcome.APPLIED);
    assertThat(mark.after(mark.removed())).isEqualTo(Outcome.CONFLICT);
    assertThat(mark.after(new ControlMark(4, "x").removed())).isEqualTo(Outcome.CONFLICT);
  }

  private static Serving of(Control... controls) {
    return of(List.of(), controls);
  }

  private static Serving of(List<Control.Model> former, Control... controls) {
    return Serving.of(List.of(controls), former, model -> ARRAYS, model -> false);
  }

  static Control.Model model(String name, long version) {
    return new Control.Model(name, version, "", ByteString.EMPTY, "", "");
  }

  static Control.Flag flag(String name, double share, String model, String otherwise) {
    return new Control.Flag(
        name, 1, new Rollout(Rollout.Feature.MODEL, "salt", share), model, otherwise);
  }

  static Control.Experiment experiment(String id, double share, String model) {
    return experiment(id, Unit.PAIR, share, model);
  }

  private static Control.Experiment experiment(String id, Unit unit, double share, String model) {
    return new Control.Experiment(
        1,
        new ExperimentDefinition(
            id,
            "salt of " + id,
            unit,
            List.of(new Arm("control", 1), new Arm("treatment", 1)),
            share,
            "rating",
            0.02,
            List.of(),
            Instant.ofEpochMilli(START),
            Instant.ofEpochMilli(END)),
        model.isEmpty() ? Map.of() : Map.of("treatment", model));
  }
}
