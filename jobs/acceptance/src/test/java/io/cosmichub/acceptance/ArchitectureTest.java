package io.cosmichub.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of the architecture, held against every class that ships. */
@Tag("any-jvm")
final class ArchitectureTest {

  private static final Pattern MODULE =
      Pattern.compile("/(models|operators|jobs)/([a-z-]+)/target/");

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cosmichub");

  /** Written by the Protobuf compiler, to its own taste. */
  private static final DescribedPredicate<JavaClass> GENERATED =
      resideInAnyPackage("io.cosmichub.contracts.v1", "io.cosmichub.model.v1");

  private static final DescribedPredicate<JavaClass> MAIN =
      describe("main classes", clazz -> hasMain(outermost(clazz)));

  /** Where the job is put together: what judges time there is handed the system's clock. */
  private static final DescribedPredicate<JavaClass> BINDS_THE_CLOCK =
      named("io.cosmichub.pipeline.SynastryPipeline", "io.cosmichub.pipeline.KafkaSources");

  /** What main classes print through. */
  private static final DescribedPredicate<JavaClass> PRINTS =
      named("io.cosmichub.pipeline.EntryPoint", "io.cosmichub.quickstart.Console");

  @Test
  void everyModuleIsLookedAt() {
    Set<String> modules = new TreeSet<>();
    SHIPPED.forEach(clazz -> modules.add(module(clazz)));

    assertThat(modules)
        .containsExactly(
            "jobs/gateway",
            "jobs/pipeline",
            "jobs/population-scan",
            "jobs/quickstart",
            "jobs/topics",
            "jobs/training",
            "models/chart",
            "models/contracts",
            "models/population",
            "models/scoring",
            "operators/kernels",
            "operators/kernels-cuda",
            "operators/streaming");
  }

  @Test
  void dependenciesRunFromJobsToOperatorsToModels() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("jobs")
        .definedBy(in("jobs/"))
        .layer("operators")
        .definedBy(in("operators/"))
        .layer("models")
        .definedBy(in("models/"))
        .whereLayer("jobs")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("operators")
        .mayOnlyBeAccessedByLayers("jobs")
        .whereLayer("models")
        .mayOnlyBeAccessedByLayers("operators", "jobs")
        .check(SHIPPED);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.cosmichub.(**)").should().beFreeOfCycles().check(SHIPPED);
  }

  @Test
  void noPackageIsNamedAfterNothing() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..utils..", "..util..", "..helpers..", "..helper..", "..common..", "..misc..")
        .check(SHIPPED);
  }

  @Test
  void everyClassIsFinalOrSealedOrAbstract() {
    classes()
        .that(not(GENERATED))
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .should(beFinalOrSealedOrAbstract())
        .check(SHIPPED);
  }

  @Test
  void onlyMainClassesReadTheClock() {
    DescribedPredicate<JavaAccess<?>> readsTheClock =
        describe(
            "read the clock",
            access -> {
              JavaClass owner = access.getTargetOwner();
              String name = access.getTarget().getName();
              return (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
                  || (owner.getPackageName().equals("java.time")
                      && name.equals("now")
                      && !takesClock(access))
                  || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                  || (owner.isEquivalentTo(Date.class) && name.equals("<init>"));
            });

    noClasses()
        .that(not(MAIN.or(BINDS_THE_CLOCK)))
        .should(accessWhere(readsTheClock))
        .check(SHIPPED);
  }

  @Test
  void loggingGoesThroughSlf4jAndOnlyCommandLinesPrint() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "org.apache.log4j..", "org.apache.commons.logging..")
        .check(SHIPPED);
    noClasses()
        .that(not(MAIN.or(PRINTS)))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(SHIPPED);
  }

  @Test
  void chartNeedsTheJdkOnly() {
    classes()
        .that(in("models/chart"))
        .should()
        .onlyDependOnClassesThat(
            in("models/chart").or(resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..")))
        .check(SHIPPED);
  }

  @Test
  void populationNeedsChartsAndSketchesOnly() {
    classes()
        .that(in("models/population"))
        .should()
        .onlyDependOnClassesThat(
            in("models/population")
                .or(in("models/chart"))
                .or(
                    resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.apache.datasketches..",
                        "org.apache.commons.numbers..")))
        .check(SHIPPED);
  }

  @Test
  void modelsAndKernelsKnowNeitherFlinkNorKafka() {
    noClasses()
        .that(in("models/").or(in("operators/kernels")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..")
        .check(SHIPPED);
  }

  @Test
  void streamingKnowsNeitherConnectorsNorDevices() {
    noClasses()
        .that(in("operators/streaming"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink.connector..", "org.apache.kafka..", "jcuda..")
        .check(SHIPPED);
  }

  @Test
  void onlyTheCudaKernelKnowsJCudaAndNobodyKnowsIt() {
    noClasses()
        .that(not(in("operators/kernels-cuda")))
        .should()
        .dependOnClassesThat(in("operators/kernels-cuda").or(resideInAnyPackage("jcuda..")))
        .check(SHIPPED);
    noClasses()
        .that(in("operators/kernels-cuda"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jcuda.runtime..", "jcuda.nvrtc..", "jcuda.nvptxcompiler..", "org.apache..")
        .check(SHIPPED);
  }

  @Test
  void onlyTrainingKnowsTribuoAndNobodyKnowsTraining() {
    noClasses()
        .that(not(in("jobs/training")))
        .should()
        .dependOnClassesThat(
            in("jobs/training").or(resideInAnyPackage("org.tribuo..", "ml.dmlc..")))
        .check(SHIPPED);
    noClasses()
        .that(in("models/scoring").or(in("jobs/training")))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(SHIPPED);
  }

  @Test
  void topicsKnowModelsAndKafkaOnly() {
    classes()
        .that(in("jobs/topics"))
        .should()
        .onlyDependOnClassesThat(
            in("jobs/topics")
                .or(in("models/"))
                .or(resideInAnyPackage("java..", "org.jspecify..", "org.apache.kafka..")))
        .check(SHIPPED);
  }

  @Test
  void thePipelineDoesNotKnowTheQuickstart() {
    noClasses()
        .that(in("jobs/pipeline"))
        .should()
        .dependOnClassesThat(in("jobs/quickstart").or(in("jobs/population-scan")))
        .check(SHIPPED);
  }

  @Test
  void theGatewayKnowsNeitherFlinkNorThePipelineAndNobodyKnowsIt() {
    noClasses()
        .that(in("jobs/gateway"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.flink..")
                .or(in("operators/"))
                .or(in("jobs/pipeline"))
                .or(in("jobs/quickstart")))
        .check(SHIPPED);
    noClasses()
        .that(not(in("jobs/gateway")))
        .should()
        .dependOnClassesThat(in("jobs/gateway"))
        .check(SHIPPED);
  }

  private static DescribedPredicate<JavaClass> in(String module) {
    return describe("in " + module, clazz -> module(clazz).startsWith(module));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return describe("one of " + List.of(names), clazz -> List.of(names).contains(clazz.getName()));
  }

  private static String module(JavaClass clazz) {
    String location =
        clazz
            .getBaseComponentType()
            .getSource()
            .map(source -> source.getUri().toString())
            .orElse("");
    Matcher matcher = MODULE.matcher(location);
    return matcher.find() ? matcher.group(1) + "/" + matcher.group(2) : "";
  }

  private static JavaClass outermost(JavaClass clazz) {
    return clazz.getEnclosingClass().map(ArchitectureTest::outermost).orElse(clazz);
  }

  private static boolean hasMain(JavaClass clazz) {
    return clazz.tryGetMethod("main", String[].class).isPresent();
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget().getFullName().contains("(" + Clock.class.getName());
  }

  private static ArchCondition<JavaClass> beFinalOrSealedOrAbstract() {
    return new ArchCondition<>("be final, sealed or abstract") {
      @Override
      public void check(JavaClass clazz, ConditionEvents events) {
        boolean closed =
            clazz.getModifiers().contains(JavaModifier.FINAL)
                || clazz.getModifiers().contains(JavaModifier.ABSTRACT)
                || clazz.reflect().isSealed();
        events.add(new SimpleConditionEvent(clazz, closed, clazz.getFullName() + " is open"));
      }
    };
  }

  private static ArchCondition<JavaClass> accessWhere(DescribedPredicate<JavaAccess<?>> predicate) {
    return new ArchCondition<>(predicate.getDescription()) {
      @Override
      public void check(JavaClass clazz, ConditionEvents events) {
        for (JavaAccess<?> access : clazz.getAccessesFromSelf()) {
          events.add(
              new SimpleConditionEvent(access, predicate.test(access), access.getDescription()));
        }
      }
    };
  }
}
