"""Reads records of cosmichub.population.patterns.v1, one JSON value a line, and prints what comes together.

    kcat -C -b HOST:PORT -t cosmichub.population.patterns.v1 -X isolation.level=read_committed \
        -o beginning -e -q | python3 docs/examples/patterns.py

Needs nothing but Python 3. A 64-bit number is a string in JSON, and what has its default is absent.
"""

import json
import sys


def newest(records):
    """The records of the window that ends last."""
    end = max((record["windowEnd"] for record in records), default=None)
    return [record for record in records if record["windowEnd"] == end]


def least_lift(record):
    """The lift that remains if the confidence is as low as its interval allows."""
    rule = record["rule"]
    return rule["lift"] * rule["confidenceInterval"].get("low", 0) / rule["confidence"]


def main():
    records = newest([json.loads(line) for line in sys.stdin])
    rules = sorted((record for record in records if "rule" in record), key=least_lift, reverse=True)
    print("where there is … there is, by lift:")
    for record in rules[:10]:
        print(f"  {' and '.join(record['given'])} => {record['then']}: {record['rule']['lift']:.2f}, among {record['group']}")
    print("named figures:")
    for record in records:
        if "rule" not in record:
            print(f"  {record['then']} in {record['support']:.1%} of {record['group']}")


if __name__ == "__main__":
    main()
