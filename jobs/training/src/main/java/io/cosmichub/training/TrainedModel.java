package io.cosmichub.training;

import io.cosmichub.model.PairModel;
import org.tribuo.Model;

/**
 * A model as its trainer left it, and the same as arrays.
 *
 * @param candidate the trainer
 * @param tribuo the trainer's own
 * @param model the same as arrays
 * @param rows how many rows it was trained on
 */
record TrainedModel(Candidate candidate, Model<?> tribuo, PairModel model, int rows) {}
