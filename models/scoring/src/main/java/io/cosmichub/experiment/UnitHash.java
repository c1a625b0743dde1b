package io.cosmichub.experiment;

/** Where a unit falls under a salt: a number that anyone can compute again from the two. */
final class UnitHash {
  private static final long OFFSET = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;
  private static final double UNIT_INTERVAL = 0x1.0p-53;

  private UnitHash() {}

  /** Uniform in [0, 1) over units, and independent between salts. */
  static double share(String salt, String unit) {
    // The character between the two is in no id, so that "a" + "bc" is not "ab" + "c".
    long hash = step(of(OFFSET, salt), '\uFFFF');
    return (mix(of(hash, unit)) >>> 11) * UNIT_INTERVAL;
  }

  private static long of(long hash, String text) {
    long now = hash;
    for (int i = 0; i < text.length(); i++) {
      now = step(now, text.charAt(i));
    }
    return now;
  }

  // FNV-1a, and the upper half folded down: a product alone never moves a bit downwards.
  private static long step(long hash, int character) {
    long product = (hash ^ character) * PRIME;
    return product ^ product >>> 32;
  }

  // Two rounds of multiply and fold, after which each bit of the result hangs on each bit before.
  private static long mix(long hash) {
    long mixed = (hash ^ hash >>> 31) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 29) * 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 32;
  }
}
