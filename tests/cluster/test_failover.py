# SPDX-License-Identifier: EUPL-1.2
"""The leading node of the database loses its power under load: `make failover` asks it again and again."""

import os

import pytest

from tests.cluster.failing_over import fail_over
from tests.cluster.machines import EXAMPLE, PACKAGES, Cluster, missing

WANTED = bool(os.environ.get("SIAC_CLUSTER"))


@pytest.mark.cluster
@pytest.mark.skipif(not WANTED, reason="two minutes, all of the machine: SIAC_CLUSTER=1, or make failover")
@pytest.mark.skipif(bool(missing()), reason=f"apt install {PACKAGES}")
def test_nothing_acknowledged_is_lost_when_the_leading_node_dies():
    cluster = Cluster()
    try:
        cluster.bring_up()
        assert fail_over(cluster, 0).acknowledged  # raises where one is lost or doubled
    finally:
        cluster.end()


@pytest.mark.parametrize("node", ["a", "b"])
def test_the_example_is_of_one_piece(node):
    """What a test puts in the place of addresses and folders is found in the files of the manual."""
    cluster = Cluster()
    try:
        for path in EXAMPLE.iterdir():
            lines = cluster.placed(path.name, node).splitlines()
            text = "\n".join(line for line in lines if not line.lstrip().startswith(("#", ";")))
            assert "10.0.0." not in text, path.name
            assert "-PASSWORD" not in text
        assert cluster.placed("etcd.env", "w").count(str(cluster.ports["2379 w"])) == 2
        assert f"name: {node}\n" in cluster.placed("patroni.yml", node)
        env = cluster.environment("web1")
        assert "/siac?target_session_attrs=read-write&" in env["DATABASE_URL"]
        assert env["DATABASE_URL"] != env["DATABASE_DIRECT_URL"]
    finally:
        cluster.end()
