# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

import pytest

from siac.organizations.models import Institution

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def body(db):
    return Institution.objects.create(
        slug="do", name="D", short_name="D", jurisdiction="CL", time_zone="UTC", place="CL"
    )


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
