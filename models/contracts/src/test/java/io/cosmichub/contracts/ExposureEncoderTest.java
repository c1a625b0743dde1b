package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.ExperimentExposure;
import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ExposureEncoderTest {
  private static final Exposure EXPOSURE =
      new Exposure("couple \"1\" \u2736", "new-model", "treatment", Samples.NOW + 7, Terms.NONE);

  @Test
  void bothFormatsSayTheSame() throws Exception {
    OutputRecord json = new ExposureEncoder(Format.JSON).encode(EXPOSURE);
    OutputRecord binary = new ExposureEncoder(Format.PROTOBUF).encode(EXPOSURE);
    ExperimentExposure.Builder read = ExperimentExposure.newBuilder();
    JsonFormat.parser()
        .merge(new String(Objects.requireNonNull(json.value()), StandardCharsets.UTF_8), read);
    assertThat(ExperimentExposure.parseFrom(Objects.requireNonNull(binary.value())))
        .isEqualTo(read.build());
    assertThat(read.getUnit()).isEqualTo(EXPOSURE.unit());
    assertThat(read.getArm()).isEqualTo("treatment");
    assertThat(json.key()).isEqualTo(EXPOSURE.unit().getBytes(StandardCharsets.UTF_8));
    assertThat(json.headers())
        .contains(Header.of("ce_id", EXPOSURE.unit() + "/new-model/" + EXPOSURE.day()));
  }
}
