package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/configuration.md against the options; run with {@code -Ddocs.write=true} to write the
 * table anew.
 */
final class ConfigurationDocTest {

  private static final Path DOCUMENT = Path.of("../../docs/configuration.md");
  private static final String BEGIN = "<!-- options: begin -->\n";
  private static final String END = "<!-- options: end -->\n";

  @Test
  void theReferenceListsEveryOptionAsItIs() throws IOException {
    String document = Files.readString(DOCUMENT);
    String expected =
        document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
            + table()
            + document.substring(document.indexOf(END));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
  }

  private static String table() {
    return PipelineOptions.all().stream()
        .map(ConfigurationDocTest::row)
        .collect(
            Collectors.joining("", "| key | type | default | meaning |\n|---|---|---|---|\n", ""));
  }

  private static String row(Option<?> option) {
    return "| `%s` | %s | `%s` | %s |\n"
        .formatted(
            option.key(),
            option.type().name().replace("|", "\\|"),
            option.defaultText(),
            option.description());
  }
}
