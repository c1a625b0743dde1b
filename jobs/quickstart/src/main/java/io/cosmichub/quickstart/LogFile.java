package io.cosmichub.quickstart;

import java.nio.file.Path;

/** Sends everything that is logged to a file. */
public final class LogFile {

  private static final String CONFIGURATION = "log4j2.configurationFile";

  private LogFile() {}

  /** Takes effect if nothing was logged before; a configuration given on the command line wins. */
  public static void use(Path file) {
    System.setProperty("cosmichub.log.file", file.toString());
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, "classpath:demo-log4j2.properties");
    }
  }
}
