# SPDX-License-Identifier: EUPL-1.2
"""Fill a database of its own to each size, measure, print Markdown tables."""

import argparse

from benchmarks.database import opened

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
PARTS = (
    "requests",
    "memory",
    "verify",
    "moving",
    "visits",
    "clients",
    "throughput",
    "lag",
    "webhooks",
    "figures",
    "catalogue",
    "charters",
    "circle",
    "narrow",
    "surveys",
    "appointments",
    "counter",
    "import",
    "bodies",
    "bulk",
    "calendar",
    "mail",
    "file",
    "suggestions",
    "terms",
)


def main() -> None:
    """Run what was asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--sizes", default="10k,100k,1m", help="sizes to fill and measure, smallest first")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure: " + ", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=40, help="requests of each kind")
    parser.add_argument("--import-rows", type=int, default=100_000, help="rows of the register to load")
    parser.add_argument("--bulk", type=int, default=10_000, help="cases of a bulk action")
    parser.add_argument("--clocks", type=int, default=100_000, help="running clocks of a change of calendar")
    parser.add_argument("--due", type=int, default=10_000, help="promises broken in one night")
    parser.add_argument("--mails", type=int, default=300, help="mails to take in")
    parser.add_argument("--keep", action="store_true", help="leave the database and the server")
    parser.add_argument(
        "--again", action="store_true", help="use the database that --keep left, and go on from its size"
    )
    options = parser.parse_args()
    sizes = [SIZES[name.strip().lower()] for name in options.sizes.split(",")]
    parts = {name.strip() for name in options.only.split(",")}
    if unknown := parts - set(PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}")
    with opened(again=options.again, keep=options.keep):
        from benchmarks.run import Amounts, run

        amounts = Amounts(
            options.rounds, options.import_rows, options.bulk, options.clocks, options.mails, options.due
        )
        run(sizes, parts=parts, amounts=amounts)


if __name__ == "__main__":
    main()
