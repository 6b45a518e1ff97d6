# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime

import pytest

from siac.clocks.public import ClockSpec
from siac.organizations.public import Institution

NOW = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def calendars(db):
    """The shipped calendars, which every test database begins with."""


@pytest.fixture
def body(db):
    return Institution.objects.create(
        slug="puerto", name="Servicio Puerto", short_name="SP", jurisdiction="CL", place="CL-CO",
        time_zone="America/Santiago",
    )  # fmt: skip


@pytest.fixture
def spec(body):
    def make(subject_id=1, **changes):
        values = {
            "institution_id": body.pk, "subject_type": "case", "subject_id": subject_id, "kind": "legal",
            "label": "Respuesta", "place": body.place, "time_zone": body.time_zone,
            "event_at": datetime(2024, 9, 2, 15, 0, tzinfo=UTC), "rule_id": "CL.SAIP",
        }  # fmt: skip
        return ClockSpec(**{**values, **changes})

    return make
