# SPDX-License-Identifier: EUPL-1.2
"""`python -m tests.restore`: a database goes back to a moment by pgBackRest, and how long each step took."""

import os
import sys

os.environ.setdefault("SIAC_TEST", "1")

from tests.restore.archiving import PACKAGES, Archived, missing
from tests.restore.going_back import go_back


def main() -> int:
    """Bring a server with its archive up, go back, and say what was seen."""
    if lacking := missing():
        print(f"{', '.join(lacking)} missing: apt install {PACKAGES}")
        return 1
    server = Archived()
    try:
        server.bring_up()
        result = go_back(server)
    finally:
        server.end()
    print(f"{result}\n{result.rest.strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
