package io.cosmichub.gateway.access;

/**
 * What someone may do.
 *
 * @param pairs the pairs that they may follow
 * @param charts the charts whose positions they may see, and that they may write
 * @param write whether they may write at all
 * @param experiments whether they may see where experiments stand
 * @param expiresAt epoch milliseconds; {@link Long#MAX_VALUE} never
 */
public record Grant(
    String user,
    Patterns pairs,
    Patterns charts,
    boolean write,
    boolean experiments,
    long expiresAt) {
  /** Everything, for everyone. */
  public static final Grant OPEN =
      new Grant("anyone", Patterns.ALL, Patterns.ALL, true, true, Long.MAX_VALUE);
}
