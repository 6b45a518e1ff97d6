# SPDX-License-Identifier: EUPL-1.2
"""The calendar versions that hold for a body, remembered with its configuration."""

from django.db.models import Q

from siac.clocks.models import CalendarLayer
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution


def _load(institution_id: int) -> dict[str, int]:
    layers = CalendarLayer.objects.filter(Q(institution=None) | Q(institution_id=institution_id))
    return dict(layers.values_list("code", "version"))


_VERSIONS: ConfigCache[dict[str, int]] = ConfigCache(_load)


def versions_for(institution: Institution) -> dict[str, int]:
    """Return the current version of every layer that may concern a body; no SQL when warm.

    Every edit of a calendar raises the configuration version of the bodies it
    concerns, so this is never stale.
    """
    return _VERSIONS.get(institution)
