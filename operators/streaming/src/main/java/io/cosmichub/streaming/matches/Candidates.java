package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The charts that a chart is compared with, laid out for the kernel: all of them, or, beyond a
 * number, those whose ids have the lowest hashes. Who they are depends on nothing but who there is.
 */
final class Candidates {

  /** Where charts stand that are not among the candidates. */
  interface Standing {
    Longitudes of(String id) throws Exception;
  }

  private static final int ROOM = 256;

  private final int most;
  private final ChartBlock block;
  private final Screen screen;
  private final List<Seat> seats = new ArrayList<>();
  private final TreeSet<Seat> in = new TreeSet<>(Seat.BY_HASH);
  private final TreeSet<Seat> beyond = new TreeSet<>(Seat.BY_HASH);

  /** Takes {@code most} charts at most; {@code screen} has taken none. */
  Candidates(int most, Screen screen) {
    this.most = most;
    this.screen = screen;
    block = new ChartBlock(Math.min(most, ROOM));
  }

  /** How many there are. */
  int size() {
    return seats.size();
  }

  /** The candidates by number; what lies behind the last one is nobody's. */
  ChartBlock block() {
    return block;
  }

  /** Says which of {@link #block} may score highly. */
  Screen screen() {
    return screen;
  }

  /** The id of a candidate. */
  String id(int number) {
    return seats.get(number).id();
  }

  /** Takes how a chart stands, which may be new. */
  void put(Seat seat, Longitudes longitudes) {
    if (seat.number() != Seat.OUTSIDE) {
      write(seat.number(), longitudes);
    } else if (in.size() < most) {
      sit(seat, seats.size(), longitudes);
    } else if (Seat.BY_HASH.compare(seat, in.last()) < 0) {
      beyond.remove(seat);
      Seat out = in.last();
      in.remove(out);
      int number = out.number();
      out.number(Seat.OUTSIDE);
      beyond.add(out);
      sit(seat, number, longitudes);
    } else {
      beyond.add(seat);
    }
  }

  /** Forgets a chart; the next one beyond the candidates moves up. */
  void remove(Seat seat, Standing standing) throws Exception {
    int number = seat.number();
    if (number == Seat.OUTSIDE) {
      beyond.remove(seat);
      return;
    }
    in.remove(seat);
    seat.number(Seat.OUTSIDE);
    Seat next = beyond.pollFirst();
    if (next != null) {
      sit(next, number, standing.of(next.id()));
      return;
    }
    int end = seats.size() - 1;
    Seat last = seats.remove(end);
    if (number != end) {
      write(number, block.at(end));
      last.number(number);
      seats.set(number, last);
    }
    block.set(end, Longitudes.NONE);
  }

  private void sit(Seat seat, int number, Longitudes longitudes) {
    in.add(seat);
    seat.number(number);
    if (number == seats.size()) {
      seats.add(seat);
    } else {
      seats.set(number, seat);
    }
    write(number, longitudes);
  }

  private void write(int number, Longitudes longitudes) {
    if (number == block.size()) {
      block.add(longitudes);
    } else {
      block.set(number, longitudes);
    }
    screen.take(block, number);
  }
}
