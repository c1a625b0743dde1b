package io.cosmichub.training;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tribuo.Model;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.common.xgboost.XGBoostTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.fm.FMRegressionTrainer;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;

/** The trainers that are compared. */
enum Candidate {
  /** A weight for each feature. */
  LINEAR(Integer.MAX_VALUE) {
    @Override
    Model<?> train(TribuoRows rows, long seed) {
      return new LinearSGDTrainer(
              new SquaredLoss(), new AdaGrad(0.02, 0.1), 20, LOG_NEVER, 16, seed)
          .train(rows.labels());
    }
  },
  /** A weight for each feature, and from their sum the probability of a 1. */
  LOGISTIC(Integer.MAX_VALUE) {
    @Override
    Model<?> train(TribuoRows rows, long seed) {
      return new org.tribuo.classification.sgd.linear.LinearSGDTrainer(
              new LogMulticlass(), new AdaGrad(0.02, 0.1), 20, LOG_NEVER, 16, seed)
          .train(rows.outcomes());
    }
  },
  /** Weights, and interactions of every two features by factors. */
  FACTORIZATION_MACHINE(Integer.MAX_VALUE) {
    @Override
    Model<?> train(TribuoRows rows, long seed) {
      // Row by row: with minibatches this trainer fails (ClassCastException in FMParameters.merge).
      return new FMRegressionTrainer(
              new SquaredLoss(), new AdaGrad(0.02, 0.1), 20, LOG_NEVER, 1, seed, 4, 0.01, false)
          .train(rows.labels());
    }
  },
  /** One tree. */
  CART(2_000) {
    @Override
    Model<?> train(TribuoRows rows, long seed) {
      return new CARTRegressionTrainer(6, 20, 0, 1, false, new MeanSquaredError(), seed)
          .train(rows.labels());
    }
  },
  /** Thirty trees, each of a part of rows and features. */
  RANDOM_FOREST(2_000) {
    @Override
    Model<?> train(TribuoRows rows, long seed) {
      return new RandomForestTrainer<>(
              new CARTRegressionTrainer(6, 10, 0, 0.1f, false, new MeanSquaredError(), seed),
              new AveragingCombiner(),
              30,
              seed)
          .train(rows.labels());
    }
  },
  /** Many small trees, each of which mends a little of what those before it left. */
  XGBOOST(Integer.MAX_VALUE) {
    @Override
    Model<?> train(TribuoRows rows, long seed) {
      return new XGBoostRegressionTrainer(
              XGBoostTrainer.BoosterType.GBTREE,
              XGBoostTrainer.TreeMethod.HIST,
              XGBoostRegressionTrainer.RegressionType.LINEAR,
              600,
              0.05,
              0,
              2,
              20,
              0.7,
              0.3,
              1,
              0,
              1,
              XGBoostTrainer.LoggingVerbosity.SILENT,
              seed)
          .train(rows.labels());
    }
  };

  private static final int LOG_NEVER = -1;

  private final int mostRows;

  Candidate(int mostRows) {
    this.mostRows = mostRows;
  }

  /** More rows than this take exact trees too long; a seeded part of them is used. */
  int mostRows() {
    return mostRows;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it takes labels that are 0 or 1 and no others. */
  boolean isOfOutcomes() {
    return this == LOGISTIC;
  }

  /** The candidate of an id, or null. */
  static @Nullable Candidate ofId(String id) {
    for (Candidate candidate : values()) {
      if (candidate.id().equals(id)) {
        return candidate;
      }
    }
    return null;
  }

  /** Trains on rows whose number is {@link #mostRows} at most. */
  abstract Model<?> train(TribuoRows rows, long seed);
}
