package io.cosmichub.pipeline;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of every option and where it was set: command line over environment over file over
 * default.
 */
public final class Settings {

  /** A text and the place where it was set. */
  record Setting(String text, String origin) {}

  static final String ENVIRONMENT_PREFIX = "COSMICHUB_";

  private static final String KAFKA_ENVIRONMENT_PREFIX =
      environmentName(PipelineOptions.KAFKA_PROPERTIES);

  /** What Kubernetes sets by itself for a service whose name begins like our keys. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)\\w*)?)");

  private static final Map<String, Option<?>> OPTIONS =
      PipelineOptions.all().stream().collect(Collectors.toMap(Option::key, Function.identity()));
  private static final Map<String, String> KEY_BY_ENVIRONMENT_NAME =
      OPTIONS.keySet().stream()
          .collect(Collectors.toMap(Settings::environmentName, Function.identity()));

  private final Map<String, Setting> given;

  private Settings(Map<String, Setting> given) {
    this.given = given;
  }

  /**
   * Reads the three places; the file is the one that the command line names, else {@code file},
   * else none. A {@link ConfigException} lists every unknown key, with the nearest known one, and
   * every unreadable value.
   */
  public static Settings read(String[] args, Map<String, String> environment, @Nullable Path file) {
    return read(CommandLine.parse(args), environment, file);
  }

  static Settings read(
      CommandLine commandLine, Map<String, String> environment, @Nullable Path file) {
    List<String> problems = new ArrayList<>();
    Map<String, Setting> given = new TreeMap<>();
    Path chosen = commandLine.file() == null ? file : commandLine.file();
    if (chosen != null) {
      String origin = "file " + chosen;
      fromFile(chosen, problems).forEach((key, text) -> add(key, text, origin, problems, given));
    }
    environment.forEach((name, text) -> addVariable(name, text, problems, given));
    commandLine.values().forEach((key, text) -> add(key, text, "command line", problems, given));
    Settings settings = new Settings(given);
    settings.check(problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join(System.lineSeparator(), problems));
    }
    return settings;
  }

  /** The variable that sets {@code key}. */
  static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The value of {@code option}. */
  <T> T get(Option<T> option) {
    return option.parse(setting(option).text());
  }

  /** What was given for Kafka's clients. */
  KafkaProperties kafkaProperties() {
    return new KafkaProperties(
        given.entrySet().stream()
            .filter(entry -> isKafkaProperty(entry.getKey()))
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().substring(PipelineOptions.KAFKA_PROPERTIES.length()),
                    entry -> entry.getValue().text())));
  }

  /** One line per option: key, value (masked if secret) and where it was set. */
  public String describe() {
    List<String> lines = new ArrayList<>();
    for (Option<?> option : PipelineOptions.all()) {
      Setting setting = setting(option);
      lines.add(line(option.key(), option.shown(setting.text()), setting.origin()));
    }
    given.forEach(
        (key, setting) -> {
          if (isKafkaProperty(key)) {
            lines.add(line(key, KafkaProperties.shown(key, setting.text()), setting.origin()));
          }
        });
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(String key, String value, String origin) {
    return key + " = " + value + "  [" + origin + "]";
  }

  private Setting setting(Option<?> option) {
    Setting setting = given.get(option.key());
    return setting == null ? new Setting(option.defaultText(), "default") : setting;
  }

  private void check(List<String> problems) {
    for (Option<?> option : PipelineOptions.all()) {
      Setting setting = setting(option);
      try {
        option.parse(setting.text());
      } catch (ConfigException e) {
        problems.add(e.getMessage() + " (" + setting.origin() + ")");
      }
    }
  }

  private static boolean isKafkaProperty(String key) {
    return key.startsWith(PipelineOptions.KAFKA_PROPERTIES)
        && key.length() > PipelineOptions.KAFKA_PROPERTIES.length();
  }

  private static void add(
      String key, String text, String origin, List<String> problems, Map<String, Setting> given) {
    if (OPTIONS.containsKey(key) || isKafkaProperty(key)) {
      given.put(key, new Setting(text.trim(), origin));
    } else {
      problems.add(unknown(key, origin, OPTIONS.keySet()));
    }
  }

  private static void addVariable(
      String name, String text, List<String> problems, Map<String, Setting> given) {
    if (!name.startsWith(ENVIRONMENT_PREFIX) || text.isBlank()) {
      return;
    }
    String origin = "environment " + name;
    String key = KEY_BY_ENVIRONMENT_NAME.get(name);
    if (key != null) {
      given.put(key, new Setting(text.trim(), origin));
    } else if (name.startsWith(KAFKA_ENVIRONMENT_PREFIX)) {
      String property = name.substring(KAFKA_ENVIRONMENT_PREFIX.length());
      given.put(
          PipelineOptions.KAFKA_PROPERTIES + property.toLowerCase(Locale.ROOT).replace('_', '.'),
          new Setting(text.trim(), origin));
    } else if (!SERVICE_LINK.matcher(name).matches()) {
      problems.add(unknown(name, "environment", KEY_BY_ENVIRONMENT_NAME.keySet()));
    }
  }

  private static String unknown(String key, String origin, Collection<String> known) {
    return "Unknown key "
        + key
        + " ("
        + origin
        + "); did you mean "
        + NearestKey.to(key, known)
        + "?";
  }

  private static Map<String, String> fromFile(Path file, List<String> problems) {
    OncePerKey properties = new OncePerKey();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException("There is no configuration file " + file);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("Cannot read the configuration file " + file + ": " + e);
    }
    properties.twice.forEach(
        key -> problems.add("Key " + key + " is set twice (file " + file + ")"));
    return properties.values;
  }

  /** Collects what {@link Properties#load} reads, where a second value would replace the first. */
  private static final class OncePerKey extends Properties {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> values = new TreeMap<>();
    private final transient List<String> twice = new ArrayList<>();

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      String before = values.putIfAbsent((String) key, (String) value);
      if (before != null) {
        twice.add((String) key);
      }
      return before;
    }
  }
}
