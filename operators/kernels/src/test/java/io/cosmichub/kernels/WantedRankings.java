package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the reference makes of charts, computed once for all kernels that are tested in one process.
 */
final class WantedRankings {

  private static final int MOST = 64;

  private final Map<Key, Ranking> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Ranking> eldest) {
          return size() > MOST;
        }
      };

  /** The reference's ranking, which nobody may change. */
  synchronized Ranking of(AspectPolicy policy, List<Longitudes> charts, int best) {
    Key key =
        new Key(
            policy.aspects(),
            policy.bodyMask(),
            IntStream.range(0, Body.COUNT).mapToDouble(policy::weight).boxed().toList(),
            charts,
            best);
    return known.computeIfAbsent(
        key,
        absent -> new ReferenceKernel(policy).rank(ChartBlock.of(charts), best, Progress.NONE));
  }

  private record Key(
      List<Aspect> aspects,
      int bodyMask,
      List<Double> weights,
      List<Longitudes> charts,
      int best) {}

  /** Hands the ones of this process to every test that asks for them. */
  static final class Shared implements ParameterResolver {

    private static final ExtensionContext.Namespace SPACE =
        ExtensionContext.Namespace.create(WantedRankings.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == WantedRankings.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(SPACE)
          .getOrComputeIfAbsent(
              WantedRankings.class, type -> new WantedRankings(), WantedRankings.class);
    }
  }
}
