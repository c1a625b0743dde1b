package io.cosmichub.quickstart;

import java.util.concurrent.Callable;

/**
 * Work on a thread of its own until it is closed from another one; what it throws ends the demo.
 */
interface Worker extends Callable<Void>, AutoCloseable {

  /** Asks the work to end; does not wait for it. */
  @Override
  void close();
}
