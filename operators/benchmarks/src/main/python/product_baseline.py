"""The product's own vectorized code, from a checkout of the product.

Takes a file of charts and the seconds as numpy_baseline.py does, a folder third, and what to do fourth: somewhere below the
folder lies vectorized_aspect_utils.py with VectorizedAspectCalculator. The first half of the charts is paired with the second,
chart by chart, and the batch computed again and again until the time is over: "scores" calls batch_compatibility_scores with
all pairs, "sets" calls build_aspect_matrix_vectorized for each, for there is no batch of it. Prints {"pairs": ..., "seconds": ...}.

"memory" prints {"bytesPerPair": ...} instead: the bytes of the arrays that find_aspects_vectorized gives for a pair.
"""

import importlib
import json
import pathlib
import sys
import time

import numpy as np

BODIES = ["sun", "moon", "mercury", "venus", "mars", "jupiter", "saturn", "uranus", "neptune", "pluto"]
MODULE = "vectorized_aspect_utils"


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


def repeat(compute, batch, seconds):
    """Computes the batch until the time is over."""
    pairs, start = 0, time.perf_counter()
    while True:
        compute(batch)
        pairs += len(batch)
        if time.perf_counter() - start > seconds:
            return {"pairs": pairs, "seconds": time.perf_counter() - start}


def main():
    charts = np.fromfile(sys.argv[1], np.dtype("<i4")).reshape(-1, 10) / 1e6
    dicts = [dict(zip(BODIES, chart)) for chart in charts.tolist()]
    half = len(dicts) // 2
    batch = list(zip(dicts[:half], dicts[half:]))
    product = calculator(sys.argv[3])
    if sys.argv[4] == "memory":
        kept = product.find_aspects_vectorized(product.calculate_separation_matrix(*batch[0]))
        print(json.dumps({"bytesPerPair": sum(array.nbytes for array in kept)}))
        return
    computes = {
        "scores": product.batch_compatibility_scores,
        "sets": lambda pairs: [product.build_aspect_matrix_vectorized(a, b) for a, b in pairs],
    }
    compute = computes[sys.argv[4]]
    repeat(compute, batch[:100], 0.3)
    print(json.dumps(repeat(compute, batch, float(sys.argv[2]))))


if __name__ == "__main__":
    main()
