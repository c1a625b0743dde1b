package io.cosmichub.acceptance;

import io.cosmichub.acceptance.Goldens.People;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some people, each in a pair with each other, who all move at once. */
final class Circle {

  /** How many they are. */
  static final int PEOPLE = 21;

  /** How many pairs they make. */
  static final int PAIRS = PEOPLE * (PEOPLE - 1) / 2;

  private final String name;
  private final People all = Goldens.people();
  private final List<String> people;
  private long revision;

  /** Circles of different numbers have nobody in common. */
  Circle(int number) {
    name = "circle-" + number + "-";
    people =
        all.charts().keySet().stream().sorted().skip((long) number * PEOPLE).limit(PEOPLE).toList();
  }

  /** Whether a pair is of this circle. */
  boolean has(String pairId) {
    return pairId.startsWith(name);
  }

  void watch(Inputs in) {
    for (int a = 0; a < people.size(); a++) {
      for (int b = a + 1; b < people.size(); b++) {
        in.watch(name + a + "-" + b, people.get(a), people.get(b));
      }
    }
    in.flush();
  }

  /** Everybody's bodies, a quarter of a degree further on with each revision. */
  void move(Inputs in) {
    revision++;
    for (String person : people) {
      Map<String, Integer> moved = new LinkedHashMap<>();
      all.chart(person)
          .forEach(
              (body, longitude) ->
                  moved.put(body, (int) ((longitude + 250_000 * revision) % 360_000_000)));
      in.chart(person, revision, moved);
    }
    in.flush();
  }
}
