package io.cosmichub.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How predictions stand to labels.
 *
 * @param rmse the root of the mean squared error
 * @param mae the mean absolute error
 * @param r2 the part of the labels' variance that is explained; below 0 where a constant is better
 * @param calibration by how much the label grows when the prediction grows by 1; 1 is calibrated,
 *     NaN where all predictions are alike
 */
record Metrics(double rmse, double mae, double r2, double calibration) {
  static Metrics of(List<LabelledPair> rows, double[] predictions) {
    double meanLabel = rows.stream().mapToDouble(LabelledPair::label).average().orElse(0);
    double meanPrediction = 0;
    for (double prediction : predictions) {
      meanPrediction += prediction / predictions.length;
    }
    double squared = 0;
    double absolute = 0;
    double spread = 0;
    double products = 0;
    double predictionSpread = 0;
    for (int i = 0; i < predictions.length; i++) {
      double error = rows.get(i).label() - predictions[i];
      double label = rows.get(i).label() - meanLabel;
      double prediction = predictions[i] - meanPrediction;
      squared += error * error;
      absolute += Math.abs(error);
      spread += label * label;
      products += label * prediction;
      predictionSpread += prediction * prediction;
    }
    int n = predictions.length;
    return new Metrics(
        Math.sqrt(squared / n),
        absolute / n,
        1 - squared / spread,
        predictionSpread > 1e-18 ? products / predictionSpread : Double.NaN);
  }

  /**
   * How often a row whose label is 1 is predicted higher than one whose label is 0, ties by half;
   * NaN where there is only one of both.
   */
  static double auc(List<LabelledPair> rows, double[] predictions) {
    Integer[] order = new Integer[predictions.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> predictions[i]));
    double ofOnes = 0;
    long ones = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && predictions[order[to]] == predictions[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (rows.get(order[i]).label() == 1) {
          ofOnes += (from + to + 1) / 2.0;
          ones++;
        }
      }
      from = to;
    }
    return (ofOnes - ones * (ones + 1) / 2.0) / (ones * (order.length - ones));
  }
}
