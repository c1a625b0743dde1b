package io.cosmichub.population.publish;

import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.window.WindowId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aspects that come together, or a named figure, at the end of a window.
 *
 * @param window the window
 * @param group among whom
 * @param given the aspects of which it says something; none of a named figure
 * @param then the aspect that comes with them, or the named figure
 * @param count how many pairs or charts of the sample have all of it
 * @param among of how many
 * @param support the share that has it
 * @param supportInterval where that lies among all, at 95 %
 * @param rule how {@code given} and {@code then} hang together; null of a named figure
 * @param sample the share of all pairs or charts that the sample takes
 */
public record PublishedPattern(
    WindowId window,
    Group group,
    List<String> given,
    String then,
    long count,
    long among,
    double support,
    Interval supportInterval,
    @Nullable Rule rule,
    double sample) {

  /** Among whom something is frequent. */
  public enum Group {
    /** Charts. */
    CHARTS("charts"),
    /** Pairs. */
    PAIRS("pairs"),
    /** The tenth of the pairs with the highest score. */
    HIGH_SCORERS("high-scorers");

    private final String id;

    Group(String id) {
      this.id = id;
    }

    /** The stable id, in messages and on the wire. */
    public String id() {
      return id;
    }

    /** The group of an id; {@link IllegalArgumentException} if there is none. */
    public static Group ofId(String id) {
      for (Group group : values()) {
        if (group.id.equals(id)) {
          return group;
        }
      }
      throw new IllegalArgumentException("no group has the id " + id);
    }
  }

  /**
   * Where there is what is given, there is what comes with it.
   *
   * @param confidence how often
   * @param interval where that lies among all, at 95 %
   * @param lift how many times as often as in the whole group
   */
  public record Rule(double confidence, Interval interval, double lift) {}

  /** Unmodifiable. */
  public PublishedPattern {
    given = List.copyOf(given);
  }

  /**
   * What patterns of window after window have in common, such as {@code
   * everyone/PT24H/pairs/sun-sun trine + moon-moon trine => venus-mars trine}.
   */
  public String id() {
    String whole =
        window.cohort() + "/" + Duration.ofMillis(window.length()) + "/" + group.id() + "/";
    return whole + (given.isEmpty() ? then : String.join(" + ", given) + " => " + then);
  }
}
