package io.cosmichub.pipeline;

import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.population.LateChange;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * What the step of the population makes of what changed.
 *
 * @param figures what is published of each window
 * @param patterns what comes together at the end of each window; null where that is switched off
 * @param matches the best matches of each chart; null where that is switched off
 * @param late the changes that came after their window had closed
 */
public record PopulationStreams(
    DataStream<PublishedFigure> figures,
    @Nullable DataStream<PublishedPattern> patterns,
    @Nullable DataStream<MatchList> matches,
    DataStream<LateChange> late) {}
