package io.cosmichub.gateway.settings;

/**
 * A configuration that cannot be used. The message is meant for whoever wrote it and never holds a
 * secret.
 */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
