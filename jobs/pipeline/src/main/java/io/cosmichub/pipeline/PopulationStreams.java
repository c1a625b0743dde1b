package io.cosmichub.pipeline;

import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.streaming.population.LateChange;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the step of the population makes of what changed.
 *
 * @param figures what is published of each window
 * @param late the changes that came after their window had closed
 */
public record PopulationStreams(DataStream<PublishedFigure> figures, DataStream<LateChange> late) {}
