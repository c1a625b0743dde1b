package io.cosmichub.pipeline;

import io.cosmichub.contracts.InputRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the pipeline reads, as it came, with event time and watermarks assigned; a record's topic
 * says what it may hold.
 *
 * @param charts full charts and erasures
 * @param moves the bodies that moved
 * @param watches which charts a pair compares
 * @param feedback what people said about pairs
 * @param control what is served: models, experiments, flags
 */
public record InputStreams(
    DataStream<InputRecord> charts,
    DataStream<InputRecord> moves,
    DataStream<InputRecord> watches,
    DataStream<InputRecord> feedback,
    DataStream<InputRecord> control) {}
