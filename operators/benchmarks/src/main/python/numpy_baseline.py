"""A batched NumPy baseline in float32, as an expert would write it: whole blocks of pairs, no temporary arrays.

Reads charts (int32 micro-degrees, ten bodies a chart) from the file named first, scores every chart with every later
one in blocks until the seconds named second are over, and prints {"pairs": ..., "seconds": ..., "sum": ...}.
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


class Scorer:
    """Scores blocks of up to BLOCK pairs in buffers of its own."""

    def __init__(self):
        shape = (BLOCK, 10, 10)
        self.distance = np.empty(shape, np.float32)
        self.other = np.empty(shape, np.float32)
        self.strength = np.empty(shape, np.float32)
        self.kind = np.empty(shape, np.intp)

    def scores(self, one, many):
        """Raw totals of chart one [10] with charts many [n, 10], in degrees."""
        n = len(many)
        distance, other = self.distance[:n], self.other[:n]
        strength, kind = self.strength[:n], self.kind[:n]
        np.subtract(one[None, :, None], many[:, None, :], out=distance)
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


def main():
    charts = np.fromfile(sys.argv[1], np.dtype("<i4")).reshape(-1, 10)
    degrees = (charts / 1e6).astype(np.float32)
    all_against_all(degrees[:1024], 1)
    pairs, seconds, total = all_against_all(degrees, float(sys.argv[2]))
    print(json.dumps({"pairs": pairs, "seconds": seconds, "sum": total, "numpy": np.__version__}))


if __name__ == "__main__":
    main()
