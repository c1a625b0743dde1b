"""Reads records of cosmichub.population.trends.v1, one JSON value a line, and prints what they say.

    kcat -C -b HOST:PORT -t cosmichub.population.trends.v1 -X isolation.level=read_committed \
        -o beginning -e -q | python3 docs/examples/trends.py

Needs nothing but Python 3. A 64-bit number is a string in JSON, and what has its default is absent.
"""

import json
import sys


def latest(lines):
    """The last record of each metric: what the newest window says."""
    newest = {}
    for line in lines:
        record = json.loads(line)
        known = newest.get(record["metric"])
        if known is None or record["windowEnd"] > known["windowEnd"]:
            newest[record["metric"]] = record
    return newest.values()


def main():
    records = list(latest(sys.stdin))
    held = [record for record in records if record["figure"] == "aspect.held"]
    held.sort(key=lambda record: -int(record["count"]))
    print("most often held:")
    for record in held[:10]:
        print(f"  {record['item']:32} {int(record['count']):8} pairs {record['value']:7.1%}")
    print("trending:")
    for record in records:
        if record.get("trending"):
            deviation = record["deviation"]
            print(f"  {record['figure']} of {record['item']}: z {deviation['z']:.1f}")
    print("insights:")
    for record in records:
        if record.get("insight"):
            print(f"  {record['insight']} ({record['windowStart']} to {record['windowEnd']})")
            if record.get("link"):
                print(f"    #population/{record['link']}")


if __name__ == "__main__":
    main()
