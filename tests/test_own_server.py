# SPDX-License-Identifier: EUPL-1.2
"""Every process of the tests has a database server of its own (see `conftest`)."""

import json

from django.db import connection

from tests.conftest import OURS, SERVER


def test_this_process_uses_the_server_it_started() -> None:
    socket = json.loads((SERVER / "server.json").read_text())["socket"] if OURS else ""
    assert not OURS or connection.settings_dict["HOST"] == socket
