package io.cosmichub.gateway.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.MatchesEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.ResultEncoder;
import io.cosmichub.contracts.ScanEncoder;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import java.io.IOException;
import java.util.Objects;

/**
 * The JSON of a topic's values, in whichever format they came; {@link IllegalArgumentException} for
 * bytes that are none.
 */
final class TopicJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PopulationEncoder population = new PopulationEncoder(Format.JSON);
  private final MatchesEncoder matches = new MatchesEncoder(Format.JSON);
  private final ScanEncoder scans = new ScanEncoder(Format.JSON);
  private final ResultEncoder results = new ResultEncoder(Format.JSON);

  private interface Protobuf {
    OutputRecord toJson() throws InvalidProtocolBufferException;
  }

  /** A number about a window. */
  ObjectNode trend(byte[] value) {
    return read(value, () -> population.trend(PopulationTrend.parseFrom(value)));
  }

  /** What comes together in a window. */
  ObjectNode pattern(byte[] value) {
    return read(value, () -> population.pattern(PopulationPattern.parseFrom(value)));
  }

  /** The best matches of a chart when it last changed. */
  ObjectNode matches(byte[] value) {
    return read(value, () -> matches.encode(BestMatches.parseFrom(value)));
  }

  /** The best matches of a chart in a scan. */
  ObjectNode scanned(byte[] value) {
    return read(value, () -> scans.matches(ChartMatches.parseFrom(value)));
  }

  /** Where an experiment stands. */
  ObjectNode result(byte[] value) {
    return read(value, () -> results.encode(ExperimentResult.parseFrom(value)));
  }

  private static ObjectNode read(byte[] value, Protobuf protobuf) {
    try {
      byte[] json =
          value.length > 0 && value[0] == '{'
              ? value
              : Objects.requireNonNull(protobuf.toJson().value());
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException | ClassCastException e) {
      throw new IllegalArgumentException("the bytes are not such a message", e);
    }
  }
}
