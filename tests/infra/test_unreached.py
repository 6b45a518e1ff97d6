# SPDX-License-Identifier: EUPL-1.2
"""Why no connection could be made is told of each node, and of nothing else."""

import socket

import psycopg
import pytest
from django.db import OperationalError

from siac.infra.unreached import why_unreached


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


NODES = """connection failed: connection to server at "10.0.0.12", port 5432 failed: server closed it
Multiple connection attempts failed. All failures were:
- host: '10.0.0.11', port: '5432', hostaddr: '10.0.0.11': connection failed: connection to server at \
"10.0.0.11", port 5432 failed: FATAL:  password authentication failed for user "siac_owner"
- host: 'b.example', port: '5432', hostaddr: None: failed to resolve host 'b.example'"""


def test_a_node_that_refuses_is_told_beside_one_that_is_silent():
    error = OperationalError("x")
    error.__cause__ = psycopg.errors.ConnectionTimeout(NODES)
    assert why_unreached(error) == (
        '10.0.0.11:5432: FATAL: password authentication failed for user "siac_owner"; '
        "b.example:5432: failed to resolve host 'b.example'"
    )


def test_the_library_says_so_of_two_nodes_and_of_one():
    one, two = free_port(), free_port()
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect(f"postgresql://siac:secret@127.0.0.1:{one},127.0.0.1:{two}/siac")
    assert (
        why_unreached(caught.value)
        == f"127.0.0.1:{one}: Connection refused; 127.0.0.1:{two}: Connection refused"
    )
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect(f"postgresql://siac:secret@127.0.0.1:{one}/siac")
    assert why_unreached(caught.value).endswith(f'"127.0.0.1", port {one} failed: Connection refused')


def test_what_a_statement_met_is_not_told():
    assert why_unreached(psycopg.errors.QueryCanceled("canceling statement: «María Soto»")) == ""
    assert why_unreached(ValueError("María Soto")) == ""
    assert why_unreached(None) == ""
