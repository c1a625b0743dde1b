package io.cosmichub.pipeline;

import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.feedback.ResultUpdate;
import io.cosmichub.streaming.ingest.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the steps of experiments make of who was exposed and what was said.
 *
 * @param exposures who was scored as which arm, each once a day
 * @param results where experiments stand
 * @param pauses which arms are to be paused
 * @param deadLetters what was said and cannot be used
 */
record ExperimentStreams(
    DataStream<Exposure> exposures,
    DataStream<ResultUpdate> results,
    DataStream<byte[]> pauses,
    DataStream<DeadLetter> deadLetters) {}
