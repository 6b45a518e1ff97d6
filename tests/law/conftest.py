# SPDX-License-Identifier: EUPL-1.2
"""What the flows of the three countries share."""

import pytest

from tests.factories import make_house


@pytest.fixture
def lima(db):
    """Return a Peruvian body."""
    return make_house("lima", "PE")


@pytest.fixture
def madrid(db):
    """Return a Spanish body."""
    return make_house("madrid", "ES")
