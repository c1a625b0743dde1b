package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.ExperimentResult;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ResultEncoderTest {

  @Test
  void theJsonIsTheProto3MappingOfTheProtobuf() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      ExperimentResult result = Samples.randomResult(random);
      OutputRecord json = new ResultEncoder(Format.JSON).encode(result);
      OutputRecord binary = new ResultEncoder(Format.PROTOBUF).encode(result);

      assertThat(ExperimentResult.parseFrom(Objects.requireNonNull(binary.value())))
          .isEqualTo(result);
      assertThat(parsed(Objects.requireNonNull(json.value()))).isEqualTo(result);
      assertThat(new String(Objects.requireNonNull(json.key()), StandardCharsets.UTF_8))
          .isEqualTo(result.getExperiment());
    }
  }

  @Test
  void theSampleReadsAndIsWrittenAgainAsItIs() throws Exception {
    byte[] sample = Samples.resource("samples/experiment-result.json");
    ExperimentResult result = parsed(sample);

    assertThat(result.getArmsCount()).isEqualTo(2);
    assertThat(
            parsed(Objects.requireNonNull(new ResultEncoder(Format.JSON).encode(result).value())))
        .isEqualTo(result);
  }

  @Test
  void anExperimentThatWasRemovedLeavesATombstone() {
    OutputRecord gone = new ResultEncoder(Format.JSON).remove("new-model", Samples.NOW);

    assertThat(gone.value()).isNull();
    assertThat(gone.topic()).isEqualTo(Topics.EXPERIMENT_RESULTS);
    assertThat(gone.key()).isEqualTo("new-model".getBytes(StandardCharsets.UTF_8));
  }

  private static ExperimentResult parsed(byte[] json) throws Exception {
    ExperimentResult.Builder read = ExperimentResult.newBuilder();
    JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), read);
    return read.build();
  }
}
