// The device code, written once for two compilers: nvcc makes the PTX that ships of it, and a plain C++ compiler a
// program that tests put through every set of the contract, with sanitizers.
//
// A kernel is a sequence of phases. Within a phase every thread of a block does its part, in any order; a barrier stands
// between two phases. On the device a phase is the thread's own part, on the host a loop over all threads: the same text has
// the same barriers in both. What a thread keeps from one phase to the next is a PerThread.
//
// All arithmetic is on whole numbers, or on floats whose rounding cannot matter, so that every machine gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __CUDACC__

#define FORM static __device__ __forceinline__
#define SHARED __shared__
#define UNROLL _Pragma("unroll")
#define EACH_THREAD(t) if (const int t = static_cast<int>(threadIdx.x); true)
#define BARRIER __syncthreads()

template <class T>
struct PerThread {
  T value;
  __device__ __forceinline__ T &operator[](int) { return value; }
};

#else

#define FORM static inline
#define SHARED
#define UNROLL
#define EACH_THREAD(t) \
  for (int turn_ = 0, t = host_order(0); turn_ < THREADS; turn_++, t = host_order(turn_))
#define BARRIER static_cast<void>(0)

#endif

constexpr int THREADS = 128;
constexpr int SLOTS = 16;
constexpr int MOST_ASPECTS = 31;
constexpr int BINS = 1000;
constexpr int CIRCLE = 360'000'000;
constexpr int NO_ORB = INT32_MAX;
constexpr uint32_t STEP = 30'000'000;
constexpr int MULTIPLES = 12;

#ifndef __CUDACC__
extern bool host_backwards;

/// The thread whose turn it is: a phase must not depend on the order.
FORM int host_order(int turn) { return host_backwards ? THREADS - 1 - turn : turn; }

template <class T>
struct PerThread {
  T values[THREADS];
  T &operator[](int thread) { return values[thread]; }
};
#endif

/// A policy as tables. Aspects stand by ascending angle, bodies by ascending slot.
struct Policy {
  int64_t multiplier[MOST_ASPECTS + 1];
  int64_t weight[SLOTS];
  int64_t half;
  int64_t width;
  double per_width;
  int32_t aspects;
  int32_t bodies;
  int32_t angle[MOST_ASPECTS + 1];
  int32_t max_orb[MOST_ASPECTS + 1];
  int32_t code[MOST_ASPECTS + 1];
  int32_t slot[SLOTS];
  // For multiples of 30 degrees: the sum of two weights, and by multiple the largest orb (-1 for none) and its m.
  int32_t pair_weight[SLOTS * SLOTS];
  int32_t step_orb[MULTIPLES + 4];
  int32_t step_multiplier[MULTIPLES + 4];
};

/// What one launch works on. Null masks mean all bodies.
struct Work {
  Policy policy;
  const int32_t *a;
  const int32_t *b;
  const uint16_t *moved_a;
  const uint16_t *moved_b;
  int32_t *total;
  int32_t *bases;
  int32_t *counts;
  uint64_t *bits;
  int32_t *hits;
  int64_t *scores;
  int32_t *partners;
  uint64_t *histogram;
  // Charts by which A advances from pair to pair: 1, or 0 for one against many.
  int32_t advance_a;
  int32_t pairs;
  int32_t charts;
  int32_t first_row;
  int32_t rows;
  int32_t columns_per_split;
  int32_t splits;
  int32_t best;
};

static_assert(sizeof(Policy) == 2016 && sizeof(Work) == 2144, "as PolicyTable and Work have it");

template <class T>
FORM T least(T x, T y) {
  return x < y ? x : y;
}

template <class T>
FORM T greatest(T x, T y) {
  return x > y ? x : y;
}

FORM int32_t absolute(int32_t x) { return x < 0 ? -x : x; }

/// Adds to what threads of one block share; what stood there before.
FORM int32_t add(int32_t *to, int32_t what) {
#ifdef __CUDACC__
  return atomicAdd(to, what);
#else
  const int32_t before = *to;
  *to += what;
  return before;
#endif
}

FORM void add(uint32_t *to, uint32_t what) {
#ifdef __CUDACC__
  atomicAdd(to, what);
#else
  *to += what;
#endif
}

FORM void add(uint64_t *to, uint64_t what) {
#ifdef __CUDACC__
  atomicAdd(reinterpret_cast<unsigned long long *>(to), static_cast<unsigned long long>(what));
#else
  *to += what;
#endif
}

FORM int32_t bits_of(float x) {
#ifdef __CUDACC__
  return __float_as_int(x);
#else
  int32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
#endif
}

// --- one cell ----------------------------------------------------------------------------------------------------------

/// The distance of two longitudes, 0 to 360 degrees, not folded; far beyond where either is missing.
FORM int32_t distance(int32_t a, int32_t b) { return absolute(absolute(a) - b); }

/// The index of the aspect that holds at a distance, or -1, and its orb: the smallest, then that of the smaller angle.
FORM int32_t match(const Policy &policy, int32_t distance, int32_t &orb) {
  orb = NO_ORB;
  int32_t found = -1;
  if (distance <= CIRCLE) {
    const int32_t separation = least(distance, CIRCLE - distance);
    for (int32_t i = 0; i < policy.aspects; i++) {
      const int32_t candidate = absolute(separation - policy.angle[i]);
      if (candidate <= policy.max_orb[i] && candidate < orb) {
        orb = candidate;
        found = i;
      }
    }
  }
  return found;
}

/// The hit of a cell: the code in its place and the orb, or 0.
FORM int32_t hit(const Policy &policy, int32_t a, int32_t b) {
  int32_t orb;
  const int32_t aspect = match(policy, distance(a, b), orb);
  return aspect < 0 ? 0 : policy.code[aspect] | orb;
}

/// The score of two charts, whose bodies are stride apart: unsigned, for it may wrap where it does on the host.
FORM int64_t score(const Policy &policy, const int32_t *a, const int32_t *b) {
  uint64_t total = 0;
  for (int32_t i = 0; i < policy.bodies; i++) {
    for (int32_t j = 0; j < policy.bodies; j++) {
      int32_t orb;
      const int32_t aspect = match(policy, distance(a[policy.slot[i]], b[policy.slot[j]]), orb);
      if (aspect >= 0) {
        total += (static_cast<uint64_t>(policy.weight[i]) + static_cast<uint64_t>(policy.weight[j])) *
                 static_cast<uint64_t>(policy.multiplier[aspect]) *
                 static_cast<uint64_t>(policy.max_orb[aspect] - orb);
      }
    }
  }
  return static_cast<int64_t>(total);
}

// --- sets and scores of pairs: a thread a pair --------------------------------------------------------------------------

FORM const int32_t *line_of_a(const Work &work, int32_t pair) {
  return work.a + static_cast<size_t>(pair) * static_cast<size_t>(work.advance_a) * SLOTS;
}

FORM const int32_t *line_of_b(const Work &work, int32_t pair) { return work.b + static_cast<size_t>(pair) * SLOTS; }

/// Gives every touched cell of a pair that holds an aspect to found(cell, hit), in order.
template <class Found>
FORM void touched_cells(const Work &work, int32_t pair, Found found) {
  const Policy &policy = work.policy;
  const int32_t *a = line_of_a(work, pair);
  const int32_t *b = line_of_b(work, pair);
  const uint32_t moved_a = work.moved_a == nullptr ? 0xFFFF : work.moved_a[pair];
  const uint32_t moved_b = work.moved_b == nullptr ? 0xFFFF : work.moved_b[pair];
  for (int32_t i = 0; i < policy.bodies; i++) {
    const int32_t slot_a = policy.slot[i];
    const uint32_t columns = (moved_a >> slot_a & 1) != 0 ? 0xFFFF : moved_b;
    for (int32_t j = 0; j < policy.bodies; j++) {
      if ((columns >> policy.slot[j] & 1) != 0) {
        const int32_t value = hit(policy, a[slot_a], b[policy.slot[j]]);
        if (value != 0) {
          found(i * policy.bodies + j, value);
        }
      }
    }
  }
}

/// Counts the hits of a pair and writes a bit for each.
struct CountingBits {
  uint64_t *bits;
  int32_t count;

#ifdef __CUDACC__
  __device__ __forceinline__
#endif
  void operator()(int32_t cell, int32_t) {
    bits[cell / 64] |= uint64_t{1} << cell % 64;
    count++;
  }
};

/// Writes the hits of a pair one behind the other.
struct WritingHits {
  int32_t *next;

#ifdef __CUDACC__
  __device__ __forceinline__
#endif
  void operator()(int32_t, int32_t value) { *next++ = value; }
};

FORM int32_t write_bits(const Work &work, int32_t pair) {
  const int32_t words = (work.policy.bodies * work.policy.bodies + 63) / 64;
  CountingBits counting{work.bits + static_cast<size_t>(pair) * words, 0};
  for (int32_t word = 0; word < words; word++) {
    counting.bits[word] = 0;
  }
  touched_cells<CountingBits &>(work, pair, counting);
  return counting.count;
}

FORM void write_hits(const Work &work, int32_t pair, int32_t *to) {
  WritingHits writing{to};
  touched_cells<WritingHits &>(work, pair, writing);
}

/// The packed sets of a block of pairs. Their hits lie together, in order, from bases[block] on; blocks lie in any order.
FORM void packed(int block, const Work &work) {
  SHARED int32_t sums[2][THREADS];
  SHARED int32_t base;
  PerThread<int32_t> count;
  EACH_THREAD(t) {
    const int32_t pair = block * THREADS + t;
    count[t] = pair < work.pairs ? write_bits(work, pair) : 0;
    if (pair < work.pairs) {
      work.counts[pair] = count[t];
    }
    sums[0][t] = count[t];
  }
  BARRIER;
  int from = 0;
  for (int reach = 1; reach < THREADS; reach *= 2) {
    EACH_THREAD(t) { sums[1 - from][t] = sums[from][t] + (t < reach ? 0 : sums[from][t - reach]); }
    BARRIER;
    from = 1 - from;
  }
  EACH_THREAD(t) {
    if (t == 0) {
      base = add(work.total, sums[from][THREADS - 1]);
      work.bases[block] = base;
    }
  }
  BARRIER;
  EACH_THREAD(t) {
    const int32_t pair = block * THREADS + t;
    if (pair < work.pairs) {
      write_hits(work, pair, work.hits + base + sums[from][t] - count[t]);
    }
  }
}

/// Every cell of every pair in its place: a thread a cell.
FORM void dense(int block, const Work &work) {
  EACH_THREAD(t) {
    const Policy &policy = work.policy;
    const int32_t cells = policy.bodies * policy.bodies;
    const int32_t at = block * THREADS + t;
    const int32_t pair = at / cells;
    if (pair < work.pairs) {
      const int32_t cell = at % cells;
      const int32_t a = line_of_a(work, pair)[policy.slot[cell / policy.bodies]];
      const int32_t b = line_of_b(work, pair)[policy.slot[cell % policy.bodies]];
      work.hits[at] = hit(policy, a, b);
    }
  }
}

/// The score of every pair.
FORM void scores(int block, const Work &work) {
  EACH_THREAD(t) {
    const int32_t pair = block * THREADS + t;
    if (pair < work.pairs) {
      work.scores[pair] = score(work.policy, line_of_a(work, pair), line_of_b(work, pair));
    }
  }
}

// --- all against all ----------------------------------------------------------------------------------------------------
//
// A block owns THREADS rows, a thread a row, and goes through the columns of its split tile by tile, every thread reading
// the same column at the same time. A thread keeps the best partners of its row by itself: what does not beat the worst of
// them costs one comparison. Columns ascend, so an equal score that comes later has the higher number and stays behind.
// The lists of the splits of a row are merged by the next launch. Every pair is scored from both sides; the side with the
// lower number counts it in the histogram. Columns are numbered from 0 and rows may lie before them, at negative numbers:
// then no row is a column, and every pair is counted.

/// Puts a partner where it belongs in a list of count partners; the worst falls off the end of a full one.
FORM int32_t keep(int64_t *scores, int32_t *partners, int32_t count, int32_t best, int64_t score, int32_t partner) {
  int32_t place = count < best ? count : best - 1;
  while (place > 0 && scores[place - 1] < score) {
    scores[place] = scores[place - 1];
    partners[place] = partners[place - 1];
    place--;
  }
  scores[place] = score;
  partners[place] = partner;
  return least(count + 1, best);
}

/// The bin of a score: a tenth of the overall score.
FORM int32_t bin(const Policy &policy, int64_t score) {
  const int64_t above = score + policy.half;
  int64_t bin = static_cast<int64_t>(static_cast<double>(above) * policy.per_width);
  const int64_t rest = above - bin * policy.width;
  bin += rest < 0 ? -1 : rest >= policy.width ? 1 : 0;
  return static_cast<int32_t>(greatest<int64_t>(0, least<int64_t>(BINS - 1, bin)));
}

/// A row of any policy: the rule, aspect by aspect.
struct AnyRow {
  struct Column {
    int32_t exact;
  };
  struct Steps {};
  static constexpr int BODIES = SLOTS;

  int32_t exact[SLOTS];
};

FORM void prepare(const Policy &, AnyRow::Steps &, int) {}

FORM void read(const Policy &, const int32_t *line, AnyRow &row) {
  UNROLL for (int slot = 0; slot < SLOTS; slot++) { row.exact[slot] = line[slot]; }
}

FORM void read(const Policy &, const int32_t *line, AnyRow::Column *column) {
  UNROLL for (int slot = 0; slot < SLOTS; slot++) { column[slot].exact = line[slot]; }
}

FORM int64_t score(const Policy &policy, const AnyRow::Steps &, const AnyRow &row, const AnyRow::Column *column) {
  return score(policy, row.exact, &column->exact);
}

/// A row of a policy of multiples of 30 degrees with up to N bodies.
///
/// A float of each longitude in steps of 30 degrees is enough to name the multiple k nearest to a difference: added to
/// 1.5 * 2^23, the difference of two leaves k in the lowest bits. The orb is the rest of the exact difference. Close to
/// half-way between two multiples the float may name either, and no orb reaches that far. The float of a missing body
/// is so far off that k, 14 to 52, has no aspect.
template <int N>
struct StepRow {
  struct alignas(8) Column {
    uint32_t exact;
    float steps;
  };
  struct alignas(8) Step {
    int32_t max_orb;
    int32_t multiplier;
  };
  static constexpr int ENTRIES = 65;
  struct Steps {
    Step by_multiple[ENTRIES];
  };
  static constexpr int BODIES = N;

  // Of each body: the longitude, ahead by what the bits of every difference are ahead of k, and as a float.
  uint32_t ahead[N];
  float steps[N];
};

constexpr float TO_LOWEST_BITS = 12582912.0F;
constexpr int32_t LOWEST_BITS = 0x4B400000;
constexpr float MISSING_STEPS = 26.0F;
constexpr float PER_MICRO_DEGREE = 1.0F / 30'000'000;

template <int N>
FORM void prepare_steps(const Policy &policy, typename StepRow<N>::Steps &steps, int thread) {
  if (thread < StepRow<N>::ENTRIES) {
    const int k = absolute(thread - MULTIPLES);
    steps.by_multiple[thread].max_orb = k <= MULTIPLES ? policy.step_orb[k] : -1;
    steps.by_multiple[thread].multiplier = k <= MULTIPLES ? policy.step_multiplier[k] : 0;
  }
}

FORM void prepare(const Policy &policy, StepRow<10>::Steps &steps, int thread) {
  prepare_steps<10>(policy, steps, thread);
}

FORM void prepare(const Policy &policy, StepRow<16>::Steps &steps, int thread) {
  prepare_steps<16>(policy, steps, thread);
}

template <int N>
FORM void read(const Policy &policy, const int32_t *line, StepRow<N> &row) {
  UNROLL for (int i = 0; i < N; i++) {
    const int32_t value = i < policy.bodies ? line[policy.slot[i]] : -1;
    row.ahead[i] = (value < 0 ? 0 : static_cast<uint32_t>(value)) + static_cast<uint32_t>(LOWEST_BITS) * STEP;
    row.steps[i] = value < 0 ? MISSING_STEPS : static_cast<float>(value) * PER_MICRO_DEGREE;
  }
}

template <int N>
FORM void read_column(const Policy &policy, const int32_t *line, typename StepRow<N>::Column *column) {
  for (int j = 0; j < policy.bodies; j++) {
    const int32_t value = line[policy.slot[j]];
    column[j].exact = value < 0 ? 0 : static_cast<uint32_t>(value);
    column[j].steps = value < 0 ? -MISSING_STEPS : static_cast<float>(value) * PER_MICRO_DEGREE;
  }
}

FORM void read(const Policy &policy, const int32_t *line, StepRow<10>::Column *column) {
  read_column<10>(policy, line, column);
}

FORM void read(const Policy &policy, const int32_t *line, StepRow<16>::Column *column) {
  read_column<16>(policy, line, column);
}

template <int N>
FORM int64_t score_steps(const Policy &policy, const typename StepRow<N>::Steps &steps, const StepRow<N> &row,
                         const typename StepRow<N>::Column *columns) {
  int64_t total = 0;
  for (int j = 0; j < policy.bodies; j++) {
    const typename StepRow<N>::Column column = columns[j];
    UNROLL for (int i = 0; i < N; i++) {
      const float difference = row.steps[i] - column.steps;
      const int32_t bits = bits_of(difference + TO_LOWEST_BITS);
      const uint32_t rest = row.ahead[i] - column.exact - static_cast<uint32_t>(bits) * STEP;
      const typename StepRow<N>::Step step = steps.by_multiple[bits - LOWEST_BITS + MULTIPLES];
      const int32_t inside = greatest(0, step.max_orb - absolute(static_cast<int32_t>(rest)));
      total += static_cast<int64_t>(step.multiplier * inside) * policy.pair_weight[j * SLOTS + i];
    }
  }
  return total;
}

FORM int64_t score(const Policy &policy, const StepRow<10>::Steps &steps, const StepRow<10> &row,
                   const StepRow<10>::Column *columns) {
  return score_steps<10>(policy, steps, row, columns);
}

FORM int64_t score(const Policy &policy, const StepRow<16>::Steps &steps, const StepRow<16> &row,
                   const StepRow<16>::Column *columns) {
  return score_steps<16>(policy, steps, row, columns);
}

/// The list of a row in a split: lists lie by split, then by row.
FORM size_t list_of(const Work &work, int32_t split, int32_t row) {
  return static_cast<size_t>(split) * static_cast<size_t>(work.rows) + static_cast<size_t>(row);
}

/// Rows first_row + block * THREADS and on against the columns of a split.
template <class Row>
FORM void rank(int block, int split, const Work &work) {
  SHARED typename Row::Column tile[THREADS * Row::BODIES];
  SHARED typename Row::Steps steps;
  SHARED uint32_t bins[BINS];
  PerThread<Row> rows;
  PerThread<int64_t> worst;
  PerThread<int32_t> counts;
  const int32_t first_column = split * work.columns_per_split;
  const int32_t end = least(work.charts, first_column + work.columns_per_split);
  EACH_THREAD(t) {
    const int32_t row = block * THREADS + t;
    if (row < work.rows) {
      read(work.policy, work.a + static_cast<ptrdiff_t>(work.first_row + row) * SLOTS, rows[t]);
    }
    prepare(work.policy, steps, t);
    for (int entry = t; entry < BINS; entry += THREADS) {
      bins[entry] = 0;
    }
    worst[t] = INT64_MIN;
    counts[t] = 0;
  }
  for (int32_t first = first_column; first < end; first += THREADS) {
    EACH_THREAD(t) {
      if (first + t < end) {
        read(work.policy, work.a + static_cast<size_t>(first + t) * SLOTS, tile + t * Row::BODIES);
      }
    }
    BARRIER;
    EACH_THREAD(t) {
      const int32_t row = block * THREADS + t;
      if (row < work.rows) {
        const int32_t chart = work.first_row + row;
        const size_t list = list_of(work, split, row) * static_cast<size_t>(work.best);
        const int32_t columns = least(THREADS, end - first);
        for (int32_t column = 0; column < columns; column++) {
          const int32_t partner = first + column;
          const int64_t total = score(work.policy, steps, rows[t], tile + column * Row::BODIES);
          if (partner > chart) {
            add(&bins[bin(work.policy, total)], uint32_t{1});
          }
          if (partner != chart && (counts[t] < work.best || total > worst[t])) {
            counts[t] = keep(work.scores + list, work.partners + list, counts[t], work.best, total, partner);
            worst[t] = work.scores[list + counts[t] - 1];
          }
        }
      }
    }
    BARRIER;
  }
  EACH_THREAD(t) {
    const int32_t row = block * THREADS + t;
    if (row < work.rows) {
      work.counts[list_of(work, split, row)] = counts[t];
    }
    for (int entry = t; entry < BINS; entry += THREADS) {
      if (bins[entry] != 0) {
        add(&work.histogram[entry], static_cast<uint64_t>(bins[entry]));
      }
    }
  }
}

/// Merges the lists of all splits of a row into that of the first, in the order of their columns.
FORM void merge(int block, const Work &work) {
  EACH_THREAD(t) {
    const int32_t row = block * THREADS + t;
    if (row < work.rows) {
      const size_t into = static_cast<size_t>(row) * static_cast<size_t>(work.best);
      int32_t count = work.counts[row];
      for (int32_t split = 1; split < work.splits; split++) {
        const size_t list = list_of(work, split, row);
        const size_t from = list * static_cast<size_t>(work.best);
        for (int32_t place = 0; place < work.counts[list]; place++) {
          const int64_t total = work.scores[from + place];
          if (count == work.best && total <= work.scores[into + count - 1]) {
            break;
          }
          count = keep(work.scores + into, work.partners + into, count, work.best, total, work.partners[from + place]);
        }
      }
      work.counts[row] = count;
    }
  }
}
