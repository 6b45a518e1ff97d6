# SPDX-License-Identifier: EUPL-1.2
import pytest

from siac.cases.queries import _KINDS
from siac.organizations.queries import _UNITS
from tests.rest.houses import Body, make_body


@pytest.fixture
def body(db: None) -> Body:
    """A Chilean body; what the process remembers of another test's body is forgotten."""
    for cache in (_KINDS, _UNITS):
        cache.clear()
    return make_body()
