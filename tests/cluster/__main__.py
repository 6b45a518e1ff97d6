# SPDX-License-Identifier: EUPL-1.2
"""`make failover TIMES=10`: the worked example of a cluster, and its leading node killed again and again.

`make cables TIMES=10`: its database alone, and the cable of the leading node pulled and plugged in again.
"""

import os
import sys
import time

os.environ.setdefault("SIAC_TEST", "1")

from tests.cluster.cables import WiredCluster, cut, forbidden
from tests.cluster.failing_over import fail_over
from tests.cluster.machines import PACKAGES, Cluster, missing


def main() -> int:
    """Bring the cluster up, strike the node that leads as often as was asked, and say what was seen."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    cables = "cables" in sys.argv
    if lacking := missing():
        print(f"{', '.join(lacking)} missing: apt install {PACKAGES}")
        return 1
    if cables and (why := forbidden()):
        print(why)
        return 1
    begun, cluster = time.monotonic(), WiredCluster() if cables else Cluster()
    try:
        cluster.bring_up()
        print(f"up after {time.monotonic() - begun:.0f} s in {cluster.folder}", flush=True)
        for turn in range(times):
            print(f"{turn + 1}: {strike(cluster, turn)}", flush=True)
    except BaseException:
        if os.environ.get("SIAC_KEEP"):
            print(f"kept: {cluster.folder}", flush=True)
            os.system(f"cp -r {cluster.folder} {os.environ['SIAC_KEEP']}")
        raise
    finally:
        cluster.end()
    print(f"{times} of {times}: nothing lost, doubled or left over", flush=True)
    return 0


def strike(cluster: Cluster, turn: int) -> str:
    """Let the node that leads lose its power, or its cable where the machines have one."""
    if isinstance(cluster, WiredCluster):
        return cut(cluster, cluster.leader() or "a", turn, 25, worst=True)
    return str(fail_over(cluster, turn))


if __name__ == "__main__":
    sys.exit(main())
