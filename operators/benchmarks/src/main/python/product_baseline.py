"""The product's own vectorized batch scoring, from a checkout of the product.

Takes the file of charts and the seconds as numpy_baseline.py does, and a folder third: somewhere below it lies
vectorized_aspect_utils.py with VectorizedAspectCalculator.batch_compatibility_scores, which is called with batches of
1,000 pairs of dicts until the time is over. Prints {"pairs": ..., "seconds": ..., "sum": ...}.
"""

import importlib
import json
import pathlib
import sys
import time

import numpy as np

BODIES = ["sun", "moon", "mercury", "venus", "mars", "jupiter", "saturn", "uranus", "neptune", "pluto"]
MODULE = "vectorized_aspect_utils"
BATCH = 1000


def calculator(checkout):
    """The product's calculator; ends with what is missing if there is none."""
    found = sorted(pathlib.Path(checkout).rglob(MODULE + ".py"))
    if not found:
        sys.exit(f"there is no {MODULE}.py below {checkout}")
    package = found[0].parent
    sys.path.insert(0, str(package.parent))
    try:
        module = importlib.import_module(f"{package.name}.{MODULE}")
    except ImportError as missing:
        sys.exit(f"the product's module does not load: {missing}")
    return module.VectorizedAspectCalculator()


def main():
    charts = np.fromfile(sys.argv[1], np.dtype("<i4")).reshape(-1, 10) / 1e6
    dicts = [dict(zip(BODIES, chart)) for chart in charts.tolist()]
    batch = list(zip(dicts[:BATCH], dicts[1 : BATCH + 1]))
    scorer = calculator(sys.argv[3])
    scorer.batch_compatibility_scores(batch[:100])
    pairs, total, start = 0, 0.0, time.perf_counter()
    while time.perf_counter() - start < float(sys.argv[2]):
        total += float(sum(scorer.batch_compatibility_scores(batch)))
        pairs += len(batch)
    print(json.dumps({"pairs": pairs, "seconds": time.perf_counter() - start, "sum": total}))


if __name__ == "__main__":
    main()
