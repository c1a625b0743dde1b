package io.cosmichub.population.window;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.datasketches.hash.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * About how many different ids were seen: few are counted, many are estimated (HyperLogLog, 4,096
 * registers: a relative standard error of 1.6%); mergeable, and the same for the same ids in
 * whatever order and grouping they come. Not thread-safe.
 */
public final class Distinct {
  /*
   * Up to 512 hashes are kept themselves, each at or after the place that its last bits name in a
   * table with twice the room; a place with 0 is free, and a hash of 0 counts as 1. Beyond, a
   * register keeps the highest number of leading zeros, and one, of the hashes that fall to it. The
   * estimate is the one of Ertl ("New cardinality estimation algorithms for HyperLogLog sketches",
   * 2017, algorithm 6), which needs no correction at either end.
   *
   * Layout v2 (v1 was that of DataSketches): version | varint hashes kept, or 513 | the hashes,
   * ascending, 8 bytes each; or 4,096 registers, a byte each
   */
  private static final int VERSION = 2;

  private static final int LG_REGISTERS = 12;
  private static final int REGISTERS = 1 << LG_REGISTERS;
  private static final int MOST_KEPT = 512;
  private static final int PLACES = 2 * MOST_KEPT;
  private static final long FREE = 0;

  /** What is left of a hash once it has chosen its register. */
  private static final int BITS = Long.SIZE - LG_REGISTERS;

  private static final double STANDARD_ERROR = 1.04 / Math.sqrt(REGISTERS);

  private long @Nullable [] kept;
  private int size;
  private byte @Nullable [] registers;

  /** Takes an id, seen before or not. */
  public void add(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    take(utf8.length == 0 ? 0 : MurmurHash3.hash(utf8, 0)[1]);
  }

  /** The estimate; exact up to 512 ids. */
  public double estimate() {
    byte[] known = registers;
    return known == null ? size : estimate(known);
  }

  /** What the number is at least, but for one case in forty. */
  public double atLeast() {
    return registers == null ? size : estimate() / (1 + 2 * STANDARD_ERROR);
  }

  /** What the number is at most, but for one case in forty. */
  public double atMost() {
    return registers == null ? size : estimate() / (1 - 2 * STANDARD_ERROR);
  }

  /** Takes every id that another one has seen. */
  public void merge(Distinct other) {
    byte[] theirs = other.registers;
    if (theirs == null) {
      for (long hash : other.hashes()) {
        take(hash);
      }
      return;
    }
    byte[] ours = dense();
    for (int register = 0; register < REGISTERS; register++) {
      ours[register] = (byte) Math.max(ours[register], theirs[register]);
    }
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    byte[] known = registers;
    LayoutWriter out = new LayoutWriter(VERSION, known == null ? 16 : REGISTERS + 3);
    if (known == null) {
      out.putVarLong(size);
      for (long hash : hashes()) {
        out.putInt((int) (hash >>> Integer.SIZE));
        out.putInt((int) hash);
      }
    } else {
      out.putVarLong(MOST_KEPT + 1);
      for (byte register : known) {
        out.putByte(register);
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static Distinct fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("Distinct", bytes, VERSION);
    Distinct read = new Distinct();
    int size = in.getVarInt(0, MOST_KEPT + 1);
    if (size > MOST_KEPT) {
      byte[] known = read.dense();
      for (int register = 0; register < REGISTERS; register++) {
        known[register] = (byte) in.getByte();
        if (known[register] < 0 || known[register] > BITS + 1) {
          throw in.broken("a register is out of range");
        }
      }
    } else {
      for (int left = size; left > 0; left--) {
        read.take((long) in.getInt() << Integer.SIZE | (in.getInt() & 0xFFFF_FFFFL));
      }
    }
    in.end();
    return read;
  }

  private void take(long hash) {
    byte[] known = registers;
    if (known != null) {
      put(known, hash);
    } else if (keep(hash == FREE ? 1 : hash) && size > MOST_KEPT) {
      dense();
    }
  }

  /** Whether it was not there yet. */
  private boolean keep(long hash) {
    long[] places = kept;
    if (places == null) {
      places = new long[PLACES];
      kept = places;
    }
    int place = (int) hash & PLACES - 1;
    while (places[place] != FREE) {
      if (places[place] == hash) {
        return false;
      }
      place = place + 1 & PLACES - 1;
    }
    places[place] = hash;
    size++;
    return true;
  }

  /** Those that are kept, ascending. */
  private long[] hashes() {
    long[] places = kept;
    return places == null
        ? new long[0]
        : Arrays.stream(places).filter(hash -> hash != FREE).sorted().toArray();
  }

  private byte[] dense() {
    byte[] known = registers;
    if (known == null) {
      known = new byte[REGISTERS];
      for (long hash : hashes()) {
        put(known, hash);
      }
      kept = null;
      registers = known;
    }
    return known;
  }

  private static void put(byte[] into, long hash) {
    int register = (int) (hash >>> BITS);
    int rank = Math.min(BITS, Long.numberOfLeadingZeros(hash << LG_REGISTERS)) + 1;
    if (rank > into[register]) {
      into[register] = (byte) rank;
    }
  }

  private static double estimate(byte[] known) {
    int[] having = new int[BITS + 2];
    for (byte rank : known) {
      having[rank]++;
    }
    double z = REGISTERS * tau(1 - (double) having[BITS + 1] / REGISTERS);
    for (int rank = BITS; rank >= 1; rank--) {
      z = 0.5 * (z + having[rank]);
    }
    z += REGISTERS * sigma((double) having[0] / REGISTERS);
    return REGISTERS * (REGISTERS / (2 * Math.log(2))) / z;
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = share;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - share;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  }
}
