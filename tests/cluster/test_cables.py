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
        patroni, pooler = cluster.placed("patroni.yml", node), cluster.placed("pgbouncer.ini", node)
        own = ADDRESS[node]
        assert patroni.count(f"listen: {own}:") == patroni.count(f"connect_address: {own}:") == 2
        assert ",".join(f"{address}:2379" for address in VOICES.values()) in patroni
        assert f"listen_addr = {own}\n" in pooler and f"host={own} port=5432" in pooler
        assert cluster.placed("etcd.env", node).count(f"URLS=http://{own}:") == 4
    finally:
        cluster.end()
