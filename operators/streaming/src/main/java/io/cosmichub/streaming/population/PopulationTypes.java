package io.cosmichub.streaming.population;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The type information of the models' records that this step takes and gives. */
public final class PopulationTypes {

  /** What became of charts. */
  public static final TypeInformation<ChartChange> CHART_CHANGE =
      new RecordTypeInfo<>(ChartChange.class, new ChartChangeSerializer());

  /** What is published. */
  public static final TypeInformation<PublishedFigure> PUBLISHED_FIGURE =
      new RecordTypeInfo<>(PublishedFigure.class, new PublishedFigureSerializer());

  /** What is published of what comes together. */
  public static final TypeInformation<PublishedPattern> PUBLISHED_PATTERN =
      new RecordTypeInfo<>(PublishedPattern.class, new PublishedPatternSerializer());

  /** The side output of the step that publishes charts. */
  public static final OutputTag<ChartChange> CHART_CHANGES =
      new OutputTag<>("chart-changes", CHART_CHANGE);

  private PopulationTypes() {}
}
