package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class CourseTest {

  @Test
  void ratesAreOverTheTimeObserved() {
    // 100 a second for 20 s, then 10 a second for 20 s.
    Course course =
        course(
            40, second -> second <= 20 ? 100L * second : 2_000 + 10L * (second - 20), second -> 5);
    assertThat(course.seconds()).isEqualTo(40);
    assertThat(course.recomputesPerSecond()).isCloseTo(55, within(1e-9));
    assertThat(course.slowestTenSeconds()).isCloseTo(10, within(1e-9));
    assertThat(course.cores()).isCloseTo(1.5, within(1e-9));
    assertThat(course.lag()).isEqualTo(5);
  }

  @Test
  void theBestMinuteIsTheOneWithTheMostPairs() {
    // 10 a second for a minute, then 30 a second for a minute and a half.
    Course course =
        course(150, second -> second <= 60 ? 10L * second : 600 + 30L * (second - 60), second -> 0);
    assertThat(course.bestMinute()).isCloseTo(30, within(1e-9));
    assertThat(course(30, second -> 7L * second, second -> 0).bestMinute())
        .isCloseTo(7, within(1e-9));
  }

  @Test
  void aCourseShorterThanTheWindowIsItsOwnSlowest() {
    Course course = course(4, second -> 7L * second, second -> 0);
    assertThat(course.slowestTenSeconds()).isCloseTo(7, within(1e-9));
  }

  @Test
  void aLagThatSwingsIsNotOneThatGrows() {
    assertThat(course(60, second -> second, second -> second % 2 * 40L).lagGrowing()).isFalse();
    assertThat(course(60, second -> second, second -> 1_000L - second).lagGrowing()).isFalse();
    assertThat(course(60, second -> second, second -> 10L * second).lagGrowing()).isTrue();
  }

  @Test
  void nothingObservedIsNothingKnown() {
    Course course = new Course();
    assertThat(course.seconds()).isZero();
    assertThat(course.recomputesPerSecond()).isZero();
    assertThat(course.slowestTenSeconds()).isZero();
    assertThat(course.cores()).isZero();
    assertThat(course.lagGrowing()).isFalse();
    assertThat(course.latencies().getTotalCount()).isZero();
  }

  @Test
  void latenciesAddUp() {
    Course course = new Course();
    for (int second = 0; second < 3; second++) {
      Histogram histogram = new Histogram(3);
      histogram.recordValue(1_000L * (second + 1));
      course.add(0, 0, Figures.NONE, 0, histogram);
    }
    assertThat(course.latencies().getTotalCount()).isEqualTo(3);
    assertThat(course.latencies().getValueAtPercentile(50)).isBetween(1_990L, 2_010L);
  }

  private static Course course(int seconds, IntToLongFunction pairs, IntToLongFunction lag) {
    Course course = new Course();
    for (int second = 0; second <= seconds; second++) {
      long nanos = TimeUnit.SECONDS.toNanos(second);
      Figures figures = new Figures(0, 0, 0, 0, 0, 0, pairs.applyAsLong(second), 0, 0, 0);
      course.add(nanos, nanos * 3 / 2, figures, lag.applyAsLong(second), new Histogram(3));
    }
    return course;
  }
}
