package io.cosmichub.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFileAndThatOverTheDefault()
      throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("gateway.properties"),
            """
            cosmichub.gateway.access=open
            cosmichub.gateway.port=1
            cosmichub.gateway.heartbeat=1s
            cosmichub.gateway.limits.subscriptions=7
            """);
    GatewayConfig config =
        GatewayConfig.of(
            Settings.read(
                new String[] {"--config=" + file, "--cosmichub.gateway.port=3"},
                Map.of(
                    "COSMICHUB_GATEWAY_PORT", "2",
                    "COSMICHUB_GATEWAY_HEARTBEAT", "2s",
                    "COSMICHUB_GATEWAY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL",
                    "COSMICHUB_PARALLELISM", "is the pipeline's")));
    assertThat(config.port()).isEqualTo(3);
    assertThat(config.limits().heartbeat()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.limits().subscriptions()).isEqualTo(7);
    assertThat(config.limits().slowAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.kafka().properties()).containsEntry("security.protocol", "SSL");
  }

  @Test
  void unknownKeysAndBadValuesAreAllSaidWithTheNearestKey() {
    assertThatThrownBy(
            () ->
                Settings.read(
                    new String[] {
                      "--cosmichub.gateway.prot=1",
                      "--cosmichub.gateway.port=many",
                      "--cosmichub.gateway.access=closed",
                      "loose"
                    },
                    Map.of("COSMICHUB_GATEWAY_HOSTS", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("did you mean cosmichub.gateway.port?")
        .hasMessageContaining("did you mean COSMICHUB_GATEWAY_HOST?")
        .hasMessageContaining("cosmichub.gateway.port is 'many', expected a whole number")
        .hasMessageContaining("cosmichub.gateway.access is 'closed', expected token | open")
        .hasMessageContaining("'loose'");
  }

  @Test
  void anAddressThatIsNoUrlIsSaidAtTheStart() {
    for (String bad :
        new String[] {"localhost:9249/metrics", "http:/metrics", "file:///x", "a b"}) {
      assertThatThrownBy(() -> config("access=open", "pipeline.metrics=" + bad))
          .hasMessageContaining(
              "pipeline.metrics is '" + bad + "', expected a URL of http or https");
    }
    assertThatThrownBy(() -> config("access=open", "pipeline.flink-page=javascript:alert(1)"))
        .hasMessageContaining("pipeline.flink-page is");
    assertThat(config("access=open", "pipeline.metrics=HTTPS://job:1/m").pipelineMetrics())
        .isEqualTo("HTTPS://job:1/m");
  }

  @Test
  void secretsAreNeverShown() {
    Settings settings =
        Settings.read(
            new String[] {
              "--cosmichub.gateway.token.shared-secret=" + SECRET,
              "--cosmichub.gateway.kafka.properties.sasl.jaas.config=" + SECRET
            },
            Map.of());
    assertThat(settings.describe())
        .contains("cosmichub.gateway.token.shared-secret = ******  [command line]")
        .doesNotContain(SECRET);
    assertThat(GatewayConfig.of(settings).tokens().toString()).doesNotContain(SECRET);
  }

  @Test
  void withoutTokensItListensOnLoopbackOnlyAndWithTokensItNeedsExactlyOneKey() {
    assertThatThrownBy(() -> config("access=open", "host=0.0.0.0"))
        .hasMessageContaining("loopback");
    assertThatThrownBy(() -> config("access=open", "host=192.0.2.1"))
        .hasMessageContaining("loopback");
    assertThatThrownBy(() -> config("host=127.0.0.1")).hasMessageContaining("one key");
    assertThatThrownBy(() -> config("token.jwks=x", "token.shared-secret=" + SECRET))
        .hasMessageContaining("only one");
    assertThatThrownBy(() -> config("token.shared-secret=short")).hasMessageContaining("32 bytes");
    assertThat(config("host=0.0.0.0", "token.shared-secret=" + SECRET).loopback()).isFalse();
    assertThat(config("access=open", "host=::1").loopback()).isTrue();
  }

  @Test
  void everyKeyIsInTheReference() throws Exception {
    String reference = Files.readString(Path.of("../../docs/gateway.md"));
    for (Option<?> option : GatewayOptions.all()) {
      assertThat(reference)
          .contains("| `" + option.key() + "` | `" + option.defaultText() + "` | ");
    }
  }

  private static GatewayConfig config(String... settings) {
    return GatewayConfig.of(
        Settings.read(
            List.of(settings).stream()
                .map(setting -> "--cosmichub.gateway." + setting)
                .toArray(String[]::new),
            Map.of()));
  }
}
