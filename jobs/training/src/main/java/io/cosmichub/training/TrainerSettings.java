package io.cosmichub.training;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tribuo.Model;

/** What a trainer was set to, as Tribuo wrote it down beside the model. */
final class TrainerSettings {
  private TrainerSettings() {}

  /** Names and values in the order of the names, such as {@code epochs=20, seed=1}. */
  static String of(Model<?> model) {
    return of(model.getProvenance().getTrainerProvenance());
  }

  private static String of(ConfiguredObjectProvenance configured) {
    return new TreeMap<>(configured.getConfiguredParameters())
        .entrySet().stream()
            .map(setting -> setting.getKey() + "=" + value(setting.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String value(Provenance value) {
    if (value instanceof PrimitiveProvenance<?> primitive) {
      return String.valueOf(primitive.getValue());
    }
    if (value instanceof ConfiguredObjectProvenance object) {
      String name = object.getClassName();
      return name.substring(name.lastIndexOf('.') + 1) + "(" + of(object) + ")";
    }
    return String.valueOf(value);
  }
}
