package io.cosmichub.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CloseCodeTest {
  @Test
  void theDocumentsSayWhatEachCodeMeansAndHowAnUpgradeIsRefused() throws Exception {
    String guide = Files.readString(Path.of("..", "..", "docs", "gateway.md"));
    String description = description();
    for (CloseCode code : CloseCode.values()) {
      assertThat(guide).contains("| " + code.code() + " |");
      assertThat(description).contains(" " + code.code() + " ");
    }
    assertThat(description).contains(" 401 ", " 403 ", " 503 ", " 1009 ");
  }

  /** What stands before the messages. */
  private static String description() throws IOException {
    try (InputStream in =
        CloseCodeTest.class.getResourceAsStream("/io/cosmichub/gateway/asyncapi.yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(0, text.indexOf("channels:")).replaceAll("\\s+", " ");
    }
  }
}
