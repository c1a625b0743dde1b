package io.cosmichub.acceptance;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/**
 * Everything that this process logs while it is open, exceptions included, down to the level DEBUG
 * for our own code.
 */
final class CapturedLog implements AutoCloseable {

  private static final String OURS = "io.cosmichub";

  private final Appender appender = new Appender();
  private final Level level;

  private CapturedLog(Level level) {
    this.level = level;
  }

  static CapturedLog open() {
    CapturedLog log = new CapturedLog(LogManager.getRootLogger().getLevel());
    log.appender.start();
    Configurator.setLevel(OURS, Level.DEBUG);
    Configurator.setRootLevel(Level.INFO);
    root().addAppender(log.appender);
    return log;
  }

  /** The lines so far. */
  List<String> lines() {
    return List.copyOf(appender.lines);
  }

  @Override
  public void close() {
    root().removeAppender(appender);
    Configurator.setRootLevel(level);
    appender.stop();
  }

  private static Logger root() {
    LoggerContext context = LoggerContext.getContext(false);
    return context.getRootLogger();
  }

  private static final class Appender extends AbstractAppender {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    Appender() {
      super("captured", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StringBuilder line =
          new StringBuilder(event.getLevel().name())
              .append(' ')
              .append(event.getLoggerName())
              .append(' ')
              .append(event.getMessage().getFormattedMessage());
      for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
        line.append(" / ").append(cause);
      }
      lines.add(line.toString());
    }
  }
}
