# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

import pytest

from siac.journal.public import declare_events, forget_events
from siac.organizations.models import Institution

NOW = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def committed(real_commits):
    """A database whose commits are real; emptied at the end."""


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def body(request):
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")
    return Institution.objects.create(
        slug="jota", name="J", short_name="J", jurisdiction="CL", time_zone="UTC", place="CL"
    )


@pytest.fixture(autouse=True)
def declared():
    """The kinds of entries that the tests of the journal write; some of them make something untrue."""
    plain, told = ("k", "other", "probe.made", "probe.moved", "probe.kept"), ("wanted", "made")
    declare_events(*plain)
    for kind in told:
        declare_events(kind, untrue=[f"what is {kind}"])
    yield
    forget_events(*plain, *told)
