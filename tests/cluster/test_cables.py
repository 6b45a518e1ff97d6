# SPDX-License-Identifier: EUPL-1.2
"""The leading node of the database loses its cable and gets it back: `make cables` asks it again."""

import os

import pytest

from tests.cluster.cables import BELIEVED, WiredCluster, cut, forbidden
from tests.cluster.machines import ADDRESS, PACKAGES, VOICES, missing

WANTED = bool(os.environ.get("SIAC_CLUSTER"))


@pytest.mark.cluster
@pytest.mark.skipif(not WANTED, reason="three minutes: SIAC_CLUSTER=1, or make cables")
@pytest.mark.skipif(bool(missing()), reason=f"apt install {PACKAGES}")
@pytest.mark.skipif(WANTED and bool(forbidden()), reason=forbidden() if WANTED else "")
def test_nothing_acknowledged_is_lost_when_the_leading_node_comes_back():
    cluster = WiredCluster()
    try:
        cluster.bring_up()
        led = cluster.leader()
        assert BELIEVED in cut(cluster, led, 0, 25, worst=True)
        assert cluster.leader() not in {None, led}
    finally:
        cluster.end()


@pytest.mark.parametrize("node", ["a", "b"])
def test_the_addresses_of_the_manual_are_its_own_on_every_machine(node):
    cluster = WiredCluster()
    try:
        patroni = cluster.placed("patroni.yml", node)
        assert patroni.count(f"{ADDRESS[node]}:") == 5, "four for itself, one among the hosts of etcd"
        assert ",".join(f"{address}:2379" for address in VOICES.values()) in patroni
        assert cluster.placed("pgbouncer.ini", node).count(ADDRESS[node]) == 3
        assert cluster.placed("etcd.env", node).count(ADDRESS[node]) == 5
    finally:
        cluster.end()
