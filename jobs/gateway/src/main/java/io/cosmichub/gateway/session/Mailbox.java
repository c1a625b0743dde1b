package io.cosmichub.gateway.session;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client. Of what changes it holds the key alone, once, in the order in which
 * the first change came: what is sent is made when it is sent, so whatever came in between is in
 * it. An answer or an alert is kept word by word; there is room for a few. For one thread at a
 * time.
 */
final class Mailbox {
  private final int mostTexts;
  private final Set<Key> changed = new LinkedHashSet<>();
  private final Queue<String> texts = new ArrayDeque<>();

  Mailbox(int mostTexts) {
    this.mostTexts = mostTexts;
  }

  void changed(Key key) {
    changed.add(key);
  }

  void forget(Key key) {
    changed.remove(key);
  }

  /** False where there is no room left: the client does not read. */
  boolean add(String text) {
    return texts.size() < mostTexts && texts.add(text);
  }

  @Nullable String nextText() {
    return texts.poll();
  }

  @Nullable Key nextChanged() {
    if (changed.isEmpty()) {
      return null;
    }
    Key first = changed.iterator().next();
    changed.remove(first);
    return first;
  }

  int size() {
    return changed.size() + texts.size();
  }

  void clear() {
    changed.clear();
    texts.clear();
  }
}
