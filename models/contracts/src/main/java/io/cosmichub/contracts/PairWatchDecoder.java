package io.cosmichub.contracts;

import io.cosmichub.pair.PairWatch;

/**
 * Decodes the records of the topic of pair watches, in either format. Never throws: what cannot be
 * read is {@link Decoded.Malformed}.
 */
public final class PairWatchDecoder {
  private final WatchReader reader = new WatchReader();

  /** The watch of a record, or the id of the pair whose watch its null value ends. */
  public Decoded<PairWatch> decode(InputRecord input) {
    try {
      byte[] value = input.value();
      if (value == null) {
        return new Decoded.Erase<>(Ids.ofTombstone(input.key()));
      }
      WatchDraft draft = new WatchDraft();
      reader.read(input, value, draft);
      return new Decoded.Value<>(draft.toWatch(input.key()));
    } catch (Refusal refusal) {
      return refusal.toMalformed();
    }
  }
}
