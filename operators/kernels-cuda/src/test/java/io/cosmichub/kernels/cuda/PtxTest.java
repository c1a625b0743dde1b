package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PTX that ships is that of the device code beside it, and loads where it should. */
final class PtxTest {

  private static final Path CODE = Path.of("src/main/cuda");
  private static final Path SHIPPED =
      Path.of("src/main/resources/io/cosmichub/kernels/cuda/aspects.ptx");

  @Test
  void theShippedPtxWasMadeOfTheDeviceCodeAsItIs() throws Exception {
    MessageDigest sources = MessageDigest.getInstance("SHA-256");
    for (String source : List.of("aspects.cu", "aspects.h", "compile-ptx")) {
      sources.update(Files.readAllBytes(CODE.resolve(source)));
    }
    assertThat(Files.readString(SHIPPED))
        .as("run src/main/cuda/compile-ptx and commit what it makes")
        .startsWith("// Sources: " + HexFormat.of().formatHex(sources.digest()) + "\n");
  }

  @Test
  void theCompilerMakesTheShippedPtxAgain(@TempDir Path folder) throws Exception {
    assumeTrue(HostBuild.has("nvcc"), "no nvcc on the path to make the PTX again with");
    String shipped = Files.readString(SHIPPED);
    Path again = folder.resolve("aspects.ptx");
    HostBuild.run(List.of("sh", CODE.resolve("compile-ptx").toString(), again.toString()));
    String made = Files.readString(again);

    assertThat(entries(made)).isEqualTo(entries(shipped));
    // Another release may choose other instructions.
    if (release(made).equals(release(shipped))) {
      assertThat(made).isEqualTo(shipped);
    }
  }

  @Test
  void theShippedPtxAsksForNoNewDriver() throws Exception {
    assertThat(Files.readString(SHIPPED))
        .contains(".version 6.3\n")
        .contains(".target sm_75\n")
        .doesNotContain("used_bytes_mask");
  }

  @Test
  void theShippedPtxHasEveryEntry() throws Exception {
    String text = Files.readString(SHIPPED);
    for (Device.Entry entry : Device.Entry.values()) {
      assertThat(text).contains(".visible .entry " + entry.name().toLowerCase(Locale.ROOT) + "(");
    }
  }

  @Test
  void theAssemblerTakesTheShippedPtxForOldAndNewDevices(@TempDir Path folder) {
    assumeTrue(HostBuild.has("ptxas"), "no ptxas on the path to assemble the PTX with");
    for (String target : List.of("sm_75", "sm_80", "sm_90")) {
      HostBuild.run(
          List.of(
              "ptxas",
              "-arch=" + target,
              "-o",
              folder.resolve(target).toString(),
              SHIPPED.toString()));
      assertThat(folder.resolve(target)).isNotEmptyFile();
    }
  }

  /** Every entry with its parameters. */
  private static List<String> entries(String text) {
    return Pattern.compile("\\.visible \\.entry [^)]*\\)")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static String release(String text) {
    Matcher release = Pattern.compile("Cuda compilation tools, release ([^\n]*)").matcher(text);
    assertThat(release.find()).isTrue();
    return release.group(1).strip();
  }
}
