package io.cosmichub.topics;

/**
 * A topic that is not there, or brokers that do not answer as they must; its message says which.
 */
public final class TopicException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TopicException(String message) {
    super(message);
  }

  TopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
