package io.cosmichub.pipeline;

import io.cosmichub.pair.PairUpdate;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.feedback.ResultUpdate;
import io.cosmichub.streaming.ingest.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline makes of its inputs.
 *
 * @param pairs what changed in each pair, in the order of its sequence
 * @param exposures who was scored as which arm of an experiment, each once a day
 * @param results where experiments stand
 * @param pauses which arms of experiments are to be paused
 * @param population what all charts and pairs show; null where that is switched off
 * @param deadLetters the records at fault, and why
 */
public record OutputStreams(
    DataStream<PairUpdate> pairs,
    DataStream<Exposure> exposures,
    DataStream<ResultUpdate> results,
    DataStream<byte[]> pauses,
    @Nullable PopulationStreams population,
    DataStream<DeadLetter> deadLetters) {}
