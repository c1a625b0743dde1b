package io.cosmichub.pipeline;

import io.cosmichub.pair.PairUpdate;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.ingest.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the pipeline makes of its inputs.
 *
 * @param pairs what changed in each pair, in the order of its sequence
 * @param exposures who was scored as which arm of an experiment, each once a day
 * @param deadLetters the records at fault, and why
 */
public record OutputStreams(
    DataStream<PairUpdate> pairs,
    DataStream<Exposure> exposures,
    DataStream<DeadLetter> deadLetters) {}
