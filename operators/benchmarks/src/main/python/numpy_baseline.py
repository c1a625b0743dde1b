"""A batched NumPy baseline: float32, whole matrix rows at a time, as an expert would write it.

Reads charts (int32 micro-degrees, ten bodies a chart, -1 for none) from the file named first, scores
every chart with every other in chunks and prints {"pairs": ..., "seconds": ..., "sum": ...}.
"""

import json
import sys
import time

import numpy as np

# Angle, largest orb and base of the aspects at 0, 30, ..., 180 degrees; weights of the ten bodies.
MAX_ORB = np.array([10, 2, 6, 8, 8, 3, 10], np.float32)
BASE = np.array([4, 1, 2, -2, 3, -1, -3], np.float32)
WEIGHT = np.array([3, 3, 2, 3, 3, 2, 1.5, 1, 1, 1], np.float32)
PAIR_WEIGHT = (WEIGHT[:, None] + WEIGHT[None, :]) / 2
CHUNK = 128


def scores(a, b):
    """Raw totals of charts a [n, 10] with charts b [n, 10] in degrees."""
    distance = np.abs(a[:, :, None] - b[:, None, :])
    np.minimum(distance, 360 - distance, out=distance)
    nearest = np.rint(distance * np.float32(1 / 30))
    orb = np.abs(distance - 30 * nearest)
    kind = nearest.astype(np.int8)
    strength = 1 - orb / MAX_ORB[kind]
    np.maximum(strength, 0, out=strength)
    strength *= BASE[kind]
    strength *= PAIR_WEIGHT
    return strength.sum(axis=(1, 2))


def all_against_all(charts, seconds):
    """Scores one chart after the other against all later ones until the time is over."""
    total, pairs = 0.0, 0
    start = time.perf_counter()
    for i in range(len(charts)):
        for low in range(i + 1, len(charts), CHUNK):
            b = charts[low : low + CHUNK]
            total += float(scores(np.broadcast_to(charts[i], b.shape), b).sum())
            pairs += len(b)
        if time.perf_counter() - start > seconds:
            break
    return pairs, time.perf_counter() - start, total


def main():
    charts = np.fromfile(sys.argv[1], np.dtype("<i4")).reshape(-1, 10)
    degrees = (charts / 1e6).astype(np.float32)
    all_against_all(degrees[:256], 1)
    pairs, seconds, total = all_against_all(degrees, float(sys.argv[2]))
    print(json.dumps({"pairs": pairs, "seconds": seconds, "sum": total, "numpy": np.__version__}))


if __name__ == "__main__":
    main()
