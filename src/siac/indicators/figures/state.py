# SPDX-License-Identifier: EUPL-1.2
"""How far figures are counted."""

import hashlib
from datetime import datetime

from siac.indicators.models import CubeState
from siac.infra.metrics import Source, measures_of, sources
from siac.journal.public import read_until
from siac.organizations.public import Institution

READER = "indicators.cube"
"""The reader of the journal that keeps facts and cells."""


def data_state(institution: Institution) -> tuple[datetime | None, bool]:
    """Return up to when what happened is counted, and whether all that stood before is, too (2 SQL)."""
    states = CubeState.objects.filter(institution=institution)
    rows = list(states.values_list("source", "computed_at", "built_at"))
    built = {key for key, _, built_at in rows if built_at is not None}
    computed = max((at for _, at, _ in rows), default=None)
    moments = [each for each in (read_until(READER), computed) if each is not None]
    return max(moments, default=None), built >= {each.key for each in sources()}


def basis_of(of: Source, institution: Institution) -> str:
    """Return a digest of what the figures of a source rest on in a body: what it says itself, and all that is
    counted of it. SQL as `Source.rests_on`.
    """
    told = [of.rests_on(institution), repr(measures_of(of.key)), repr(of.families)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def unbuilt(institution: Institution) -> list[Source]:
    """Return the sources of which what stood before the cube is not counted yet, or was counted by another
    calendar or time zone than today's, or by a version that counted other things (1 SQL, and what
    `Source.rests_on` costs).
    """
    rows = CubeState.objects.filter(institution=institution, built_at__isnull=False)
    built = dict(rows.values_list("source", "rests_on"))
    return [each for each in sources() if built.get(each.key) != basis_of(each, institution)]
