package io.cosmichub.training;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.model.PairModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a model makes of one exact aspect and nothing else: how strongly it is felt. */
final class FeltAspects {
  private static final String CELL = "cell.";

  private FeltAspects() {}

  /** By the name of the aspect's cell: the prediction with it less the prediction without any. */
  static Map<String, Double> of(PairModel model, FeatureSchema schema) {
    FeatureExtractor extractor = new FeatureExtractor(schema);
    double nothing = predict(model, extractor, AspectSet.EMPTY);
    Map<String, Double> felt = new LinkedHashMap<>();
    for (int i = 0; i < Body.COUNT; i++) {
      for (int j = i; j < Body.COUNT; j++) {
        if ((schema.policy().bodyMask() >> i & schema.policy().bodyMask() >> j & 1) != 0) {
          for (Aspect aspect : schema.policy().aspects()) {
            AspectSet exact = AspectSet.builder().put(i, j, Hit.of(aspect.code(), 0)).build();
            felt.put(
                FeatureSchema.cell(Body.ofSlot(i), Body.ofSlot(j), aspect),
                predict(model, extractor, exact) - nothing);
          }
        }
      }
    }
    return felt;
  }

  /**
   * The same as a table: the two bodies, the aspect, how strongly it is felt when exact, and in
   * each row alike the aspect policy, the trainer and the artifact's SHA-256.
   */
  static String csv(PairModel model, FeatureSchema schema, String trainer, String sha256) {
    String origin = "," + schema.policy().id() + "," + trainer + "," + sha256 + "\n";
    StringBuilder table = new StringBuilder("body,other_body,aspect,felt,policy,model,sha256\n");
    of(model, schema)
        .forEach(
            (cell, felt) ->
                table
                    .append(cell.substring(CELL.length()).replace('-', ',').replace('.', ','))
                    .append(',')
                    .append(felt)
                    .append(origin));
    return table.toString();
  }

  private static double predict(PairModel model, FeatureExtractor extractor, AspectSet aspects) {
    float[] row = new float[extractor.schema().size()];
    extractor.extract(new PairBatch(1).add(aspects, Longitudes.NONE, Longitudes.NONE), row);
    return model.predict(row, 0);
  }
}
