package io.cosmichub.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line: {@code --key=value} or {@code --key value}, where the key
 * is written as in a file; the last one wins.
 */
record CommandLine(
    boolean help, boolean printConfig, @Nullable Path file, Map<String, String> values) {

  static final String HELP = "help";
  static final String PRINT_CONFIG = "print-config";
  static final String CONFIG = "config";

  private static final String DASHES = "--";

  /**
   * Reads {@code args}; throws {@link ConfigException} on what is neither a switch nor a key with a
   * value.
   */
  static CommandLine parse(String[] args) {
    boolean help = false;
    boolean printConfig = false;
    Path file = null;
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith(DASHES) || args[i].equals(DASHES)) {
        throw new ConfigException("Unexpected argument '" + args[i] + "'; write --key=value");
      }
      int equals = args[i].indexOf('=');
      String name = equals < 0 ? args[i].substring(2) : args[i].substring(2, equals);
      if (name.equals(HELP)) {
        help = true;
      } else if (name.equals(PRINT_CONFIG)) {
        printConfig = true;
      } else {
        String value;
        if (equals >= 0) {
          value = args[i].substring(equals + 1);
        } else if (i + 1 < args.length && !args[i + 1].startsWith(DASHES)) {
          value = args[++i];
        } else {
          throw new ConfigException("--" + name + " has no value; write --" + name + "=VALUE");
        }
        if (name.equals(CONFIG)) {
          file = Path.of(value);
        } else {
          values.put(name, value);
        }
      }
    }
    return new CommandLine(help, printConfig, file, Map.copyOf(values));
  }
}
