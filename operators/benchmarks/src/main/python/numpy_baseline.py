"""A batched NumPy baseline in float32, as an expert would write it: whole blocks of pairs, no temporary arrays.

Reads charts (int32 micro-degrees, ten bodies a chart) from the file named first, scores every chart with every later
one in blocks until the seconds named second are over, and prints {"pairs": ..., "seconds": ..., "sum": ...}.

With "pairs" as third argument it scores the pairs of the first half of the charts with the second half, chart by chart,
again and again; "sum" is then that of one batch. With a number as third argument it also keeps so many best partners of each
chart and the histogram of tenths, as a scan does; "best" is then the sum of the scores of all kept partners, or null if the
time was over before, and "cpu" the processor time.
"""

import json
import sys
import time

import numpy as np

# The largest orb and base / largest orb of the aspects at 0, 30, ..., 180 degrees; weights of the ten bodies.
MAX_ORB = np.array([10, 2, 6, 8, 8, 3, 10], np.float32)
SLOPE = np.array([4, 1, 2, -2, 3, -1, -3], np.float32) / MAX_ORB
WEIGHT = np.array([3, 3, 2, 3, 3, 2, 1.5, 1, 1, 1], np.float32)
PAIR_WEIGHT = ((WEIGHT[:, None] + WEIGHT[None, :]) / 2).reshape(-1)
STEP = np.float32(30)
CIRCLE = np.float32(360)
BLOCK = 512
BINS = 1000


class Scorer:
    """Scores blocks of up to BLOCK pairs in buffers of its own."""

    def __init__(self):
        shape = (BLOCK, 10, 10)
        self.distance = np.empty(shape, np.float32)
        self.other = np.empty(shape, np.float32)
        self.strength = np.empty(shape, np.float32)
        self.kind = np.empty(shape, np.intp)

    def scores(self, one, many):
        """Raw totals of chart one [10], or charts one [n, 10], with charts many [n, 10], in degrees."""
        n = len(many)
        distance, other = self.distance[:n], self.other[:n]
        strength, kind = self.strength[:n], self.kind[:n]
        np.subtract(np.atleast_2d(one)[:, :, None], many[:, None, :], out=distance)
        np.abs(distance, out=distance)
        np.subtract(CIRCLE, distance, out=other)
        np.minimum(distance, other, out=distance)
        np.divide(distance, STEP, out=other)
        np.rint(other, out=other)
        kind[...] = other
        other *= STEP
        distance -= other
        np.abs(distance, out=distance)
        np.take(MAX_ORB, kind, out=strength, mode="clip")
        strength -= distance
        np.maximum(strength, 0, out=strength)
        np.take(SLOPE, kind, out=other, mode="clip")
        strength *= other
        return strength.reshape(n, 100) @ PAIR_WEIGHT


def all_against_all(charts, seconds):
    """Scores one chart after the other against all later ones until the time is over."""
    scorer = Scorer()
    total, pairs = 0.0, 0
    start = time.perf_counter()
    for i in range(len(charts)):
        for low in range(i + 1, len(charts), BLOCK):
            many = charts[low : low + BLOCK]
            total += float(scorer.scores(charts[i], many).sum())
            pairs += len(many)
        if time.perf_counter() - start > seconds:
            break
    return pairs, time.perf_counter() - start, total


def batches_of_pairs(a, b, seconds):
    """Scores the pairs (a[i], b[i]) until the time is over; the sum is of one batch."""
    scorer = Scorer()
    pairs = 0
    start = time.perf_counter()
    while True:
        total = 0.0
        for low in range(0, len(a), BLOCK):
            total += float(scorer.scores(a[low : low + BLOCK], b[low : low + BLOCK]).sum(dtype=np.float64))
        pairs += len(a)
        if time.perf_counter() - start > seconds:
            return pairs, time.perf_counter() - start, total


class Ranking:
    """The best partners of each chart so far, in no order, and how all scores are distributed."""

    def __init__(self, charts, best):
        self.best = best
        self.scores = np.full((charts, best), -np.inf, np.float32)
        self.partners = np.full((charts, best), -1, np.int32)
        self.histogram = np.zeros(BINS, np.int64)

    def offer(self, chart, partner, scores):
        """Takes in scores [n, m] of charts from chart on with partners from partner on."""
        n, m = scores.shape
        known = slice(chart, chart + n)
        numbers = np.broadcast_to(np.arange(partner, partner + m, dtype=np.int32), (n, m))
        scores = np.concatenate((self.scores[known], scores), axis=1)
        numbers = np.concatenate((self.partners[known], numbers), axis=1)
        kept = np.argpartition(scores, -self.best, axis=1)[:, -self.best :]
        self.scores[known] = np.take_along_axis(scores, kept, axis=1)
        self.partners[known] = np.take_along_axis(numbers, kept, axis=1)

    def count(self, scores):
        bins = np.clip((scores + 100) * 5, 0, BINS - 1).astype(np.intp)
        self.histogram += np.bincount(bins.ravel(), minlength=BINS)


def best_of_all(charts, best, seconds):
    """Scores square blocks of all against all until the time is over."""
    scorer = Scorer()
    ranking = Ranking(len(charts), best)
    scores = np.empty((BLOCK, BLOCK), np.float32)
    pairs = 0
    start, cpu = time.perf_counter(), time.process_time()
    for row in range(0, len(charts), BLOCK):
        rows = charts[row : row + BLOCK]
        for column in range(row, len(charts), BLOCK):
            if time.perf_counter() - start > seconds:
                return pairs, time.perf_counter() - start, time.process_time() - cpu, None
            columns = charts[column : column + BLOCK]
            block = scores[: len(rows), : len(columns)]
            if row < column:
                for i, one in enumerate(rows):
                    block[i] = scorer.scores(one, columns)
                ranking.count(block)
                ranking.offer(row, column, block)
                ranking.offer(column, row, block.T)
                pairs += block.size
            else:
                block[...] = -np.inf
                for i in range(len(rows) - 1):
                    block[i, i + 1 :] = scorer.scores(rows[i], columns[i + 1 :])
                    ranking.count(block[i, i + 1 :])
                ranking.offer(row, row, np.maximum(block, block.T))
                pairs += len(rows) * (len(rows) - 1) // 2
    best_sum = float(ranking.scores[ranking.partners >= 0].astype(np.float64).sum())
    return pairs, time.perf_counter() - start, time.process_time() - cpu, best_sum


def main():
    charts = np.fromfile(sys.argv[1], np.dtype("<i4")).reshape(-1, 10)
    degrees = (charts / 1e6).astype(np.float32)
    if sys.argv[3:] == ["pairs"]:
        half = len(degrees) // 2
        batches_of_pairs(degrees[:half], degrees[half:], 0.5)
        pairs, seconds, total = batches_of_pairs(degrees[:half], degrees[half:], float(sys.argv[2]))
        print(json.dumps({"pairs": pairs, "seconds": seconds, "sum": total, "numpy": np.__version__}))
        return
    if len(sys.argv) > 3:
        best = int(sys.argv[3])
        best_of_all(degrees[:1024], best, 1)
        pairs, seconds, cpu, total = best_of_all(degrees, best, float(sys.argv[2]))
        print(json.dumps({"pairs": pairs, "seconds": seconds, "cpu": cpu, "best": total, "numpy": np.__version__}))
        return
    all_against_all(degrees[:1024], 1)
    pairs, seconds, total = all_against_all(degrees, float(sys.argv[2]))
    print(json.dumps({"pairs": pairs, "seconds": seconds, "sum": total, "numpy": np.__version__}))


if __name__ == "__main__":
    main()
