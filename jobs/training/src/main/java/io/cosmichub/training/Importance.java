package io.cosmichub.training;

import io.cosmichub.model.PairModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * By how much the mean squared error grows when the values of a feature are dealt anew to the rows,
 * each to one row.
 *
 * @param feature the name
 * @param growth the growth
 */
record Importance(String feature, double growth) {
  static List<Importance> of(
      PairModel model, List<String> names, List<LabelledPair> rows, long seed) {
    Random random = new Random(seed);
    List<float[]> values = rows.stream().map(row -> row.features().clone()).toList();
    double[] plain = new double[rows.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = error(model, values.get(i), rows.get(i).label());
    }
    List<Importance> all = new ArrayList<>();
    List<Integer> dealt = new ArrayList<>(IntStream.range(0, plain.length).boxed().toList());
    for (int feature = 0; feature < names.size(); feature++) {
      Collections.shuffle(dealt, random);
      double growth = 0;
      for (int i = 0; i < plain.length; i++) {
        float[] row = values.get(i);
        float own = row[feature];
        row[feature] = rows.get(dealt.get(i)).features()[feature];
        growth += error(model, row, rows.get(i).label()) - plain[i];
        row[feature] = own;
      }
      all.add(new Importance(names.get(feature), growth / plain.length));
    }
    all.sort(Comparator.comparingDouble(Importance::growth).reversed());
    return all;
  }

  private static double error(PairModel model, float[] row, double label) {
    double error = label - model.predict(row, 0);
    return error * error;
  }
}
