# SPDX-License-Identifier: EUPL-1.2
import pytest

from tests.rest.houses import Body, make_body


@pytest.fixture
def body(db: None) -> Body:
    """A Chilean body with what programs use."""
    return make_body()
