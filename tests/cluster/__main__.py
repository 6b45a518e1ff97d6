# SPDX-License-Identifier: EUPL-1.2
"""`make failover TIMES=10`: the worked example of a cluster, and its leading node killed again and again."""

import os
import sys
import time

os.environ.setdefault("SIAC_TEST", "1")

from tests.cluster.failing_over import fail_over
from tests.cluster.machines import PACKAGES, Cluster, missing


def main() -> int:
    """Bring the cluster up, kill the node that leads as often as was asked, and say what was seen."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    if lacking := missing():
        print(f"{', '.join(lacking)} missing: apt install {PACKAGES}")
        return 1
    begun, cluster = time.monotonic(), Cluster()
    try:
        cluster.bring_up()
        print(f"up after {time.monotonic() - begun:.0f} s in {cluster.folder}", flush=True)
        for turn in range(times):
            print(f"{turn + 1}: {fail_over(cluster, turn)}", flush=True)
    except BaseException:
        if os.environ.get("SIAC_KEEP"):
            print(f"kept: {cluster.folder}", flush=True)
            os.system(f"cp -r {cluster.folder} {os.environ['SIAC_KEEP']}")
        raise
    finally:
        cluster.end()
    print(f"{times} of {times}: nothing lost, doubled or left over", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
