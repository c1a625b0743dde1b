package io.cosmichub.streaming.rollout;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;

/**
 * All that was told, by name. Of a model, what was told before stays beside it, so that going back
 * takes no artifact again. It is state. Of one task thread.
 */
public final class ToldControls {

  /** No name holds it. */
  private static final String FORMER = "@";

  private final BroadcastState<String, byte[]> told;

  /** Goes on with what was told before. */
  public ToldControls(BroadcastState<String, byte[]> told) {
    this.told = told;
  }

  /** Keeps what is told. */
  public void told(Told news) throws Exception {
    String former = news.name() + FORMER;
    byte[] before = told.get(news.name());
    byte[] content = news.content();
    if (content == null) {
      told.remove(news.name());
      told.remove(former);
      return;
    }
    if (before != null && ControlBytes.read(before) instanceof Control.Model) {
      told.put(former, before);
    }
    told.put(news.name(), content);
  }

  /** Reads what is there now. */
  public Content read() throws Exception {
    List<Control> holding = new ArrayList<>();
    List<Control.Model> former = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : told.entries()) {
      Control control = ControlBytes.read(entry.getValue());
      if (control instanceof Control.Model model && !entry.getKey().equals(model.name())) {
        former.add(model);
      } else {
        holding.add(control);
      }
    }
    return new Content(holding, former);
  }

  /**
   * What was told.
   *
   * @param holding what holds, no two of one name
   * @param former the models that newer ones of their name came after
   */
  public record Content(List<Control> holding, List<Control.Model> former) {}
}
