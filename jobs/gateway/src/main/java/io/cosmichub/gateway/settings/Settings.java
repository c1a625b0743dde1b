package io.cosmichub.gateway.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of every option and where it was set: command line over environment over file over
 * default.
 */
public final class Settings {

  private record Setting(String text, String origin) {}

  private static final List<String> SECRET_WORDS =
      List.of("password", "secret", "jaas", "token", "credential", "ssl.keystore.key");
  private static final Map<String, Option<?>> OPTIONS =
      GatewayOptions.all().stream().collect(Collectors.toMap(Option::key, Function.identity()));
  private static final Map<String, String> KEY_BY_VARIABLE =
      OPTIONS.keySet().stream().collect(Collectors.toMap(Settings::variable, Function.identity()));

  private final Map<String, Setting> given = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private Settings() {}

  /**
   * Reads {@code --key=value} of the command line, the environment, and the file that {@code
   * --config=FILE} names, if it does. A {@link ConfigException} lists every unknown key, with the
   * nearest known one, and every unreadable value.
   */
  public static Settings read(String[] args, Map<String, String> environment) {
    Settings settings = new Settings();
    Map<String, String> line = settings.commandLine(args);
    String file = line.remove("config");
    if (file != null) {
      fromFile(Path.of(file)).forEach((key, text) -> settings.add(key, text, "file " + file));
    }
    environment.forEach(settings::addVariable);
    line.forEach((key, text) -> settings.add(key, text, "command line"));
    settings.check();
    return settings;
  }

  /** The value of {@code option}, or null where nothing is set. */
  <T> @Nullable T orNull(Option<T> option) {
    String text = setting(option).text();
    return text.isEmpty() ? null : option.parse(text);
  }

  /** The value of {@code option}, which has a default. */
  <T> T get(Option<T> option) {
    return option.parse(setting(option).text());
  }

  /** What was given for Kafka's clients. */
  Map<String, String> kafkaProperties() {
    Map<String, String> properties = new TreeMap<>();
    given.forEach(
        (key, setting) -> {
          if (isKafkaProperty(key)) {
            properties.put(key.substring(GatewayOptions.KAFKA_PROPERTIES.length()), setting.text());
          }
        });
    return properties;
  }

  /** One line per option: key, value (masked if secret) and where it was set. */
  public String describe() {
    List<String> lines = new ArrayList<>();
    for (Option<?> option : GatewayOptions.all()) {
      Setting setting = setting(option);
      lines.add(
          option.key() + " = " + option.shown(setting.text()) + "  [" + setting.origin() + "]");
    }
    given.forEach(
        (key, setting) -> {
          if (isKafkaProperty(key)) {
            boolean secret = SECRET_WORDS.stream().anyMatch(key.toLowerCase(Locale.ROOT)::contains);
            lines.add(
                key
                    + " = "
                    + (secret ? Secret.MASK : setting.text())
                    + "  ["
                    + setting.origin()
                    + "]");
          }
        });
    return String.join(System.lineSeparator(), lines);
  }

  private Map<String, String> commandLine(String[] args) {
    Map<String, String> line = new TreeMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        problems.add("Unexpected argument '" + arg + "'; write --key=value");
      } else {
        line.put(arg.substring(2, equals), arg.substring(equals + 1));
      }
    }
    return line;
  }

  private void addVariable(String name, String text) {
    if (!name.startsWith(variable(GatewayOptions.PREFIX)) || text.isBlank()) {
      return;
    }
    String key = KEY_BY_VARIABLE.get(name);
    String kafka = variable(GatewayOptions.KAFKA_PROPERTIES);
    if (key != null) {
      given.put(key, new Setting(text.trim(), "environment " + name));
    } else if (name.startsWith(kafka)) {
      String property = name.substring(kafka.length()).toLowerCase(Locale.ROOT).replace('_', '.');
      given.put(
          GatewayOptions.KAFKA_PROPERTIES + property,
          new Setting(text.trim(), "environment " + name));
    } else if (!name.matches("\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_\\w+)?)")) {
      problems.add(unknown(name, "environment", KEY_BY_VARIABLE.keySet()));
    }
  }

  private void add(String key, String text, String origin) {
    if (OPTIONS.containsKey(key) || isKafkaProperty(key)) {
      given.put(key, new Setting(text.trim(), origin));
    } else {
      problems.add(unknown(key, origin, OPTIONS.keySet()));
    }
  }

  private void check() {
    for (Option<?> option : GatewayOptions.all()) {
      Setting setting = setting(option);
      try {
        orNull(option);
      } catch (ConfigException e) {
        problems.add(e.getMessage() + " (" + setting.origin() + ")");
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join(System.lineSeparator(), problems));
    }
  }

  private Setting setting(Option<?> option) {
    Setting setting = given.get(option.key());
    return setting == null || setting.text().isEmpty()
        ? new Setting(option.defaultText(), "default")
        : setting;
  }

  private static boolean isKafkaProperty(String key) {
    return key.startsWith(GatewayOptions.KAFKA_PROPERTIES)
        && key.length() > GatewayOptions.KAFKA_PROPERTIES.length();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String unknown(String key, String origin, Collection<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(name -> edits(key, name))).orElseThrow();
    return "Unknown key " + key + " (" + origin + "); did you mean " + nearest + "?";
  }

  /** Insertions, deletions and replacements of one character that turn {@code a} into {@code b}. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }

  private static Map<String, String> fromFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("Cannot read the configuration file " + file + ": " + e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
