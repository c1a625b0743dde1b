"""Prints the figures of one window, which the link of an insight names, from cosmichub.population.trends.v1.

    kcat -C -b HOST:PORT -t cosmichub.population.trends.v1 -X isolation.level=read_committed \
        -o beginning -e -q | python3 docs/examples/window.py COHORT/START/END

Needs nothing but Python 3.
"""

import json
import sys
from urllib.parse import unquote


def main():
    cohort, start, end = sys.argv[1].split("/")
    for line in sys.stdin:
        record = json.loads(line)
        window = (record["cohort"], record["windowStart"], record["windowEnd"])
        if window == (unquote(cohort), start, end):
            name = f"{record['figure']} {record.get('item', '')}"
            print(f"{name:48} {record['value']:12.4f} {int(record['count']):8}")


if __name__ == "__main__":
    main()
