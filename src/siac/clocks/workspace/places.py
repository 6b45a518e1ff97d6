# SPDX-License-Identifier: EUPL-1.2
"""What another place of a body or unit would move: begun for the forms that change places (`previews`)."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.timezone import now as current_time

from siac.clocks.commands.moves import placed
from siac.clocks.commands.previews import AskedPlace, begin_preview
from siac.organizations.public import Access


def ask_place(access: Access, unit_id: int | None, before: str, after: str, typed: Mapping[str, str]) -> str:
    """Begin to compute which running terms another place moves, and return the address where that is
    shown; empty where nothing runs there (2 SQL then).

    Raises:
        Refused: as `begin_preview`.
    """
    body = access.institution
    if not placed(body.pk, unit_id, before).exists():
        return ""
    asked = AskedPlace(unit_id, before, after, "institution" if unit_id is None else "unit", typed)
    row = begin_preview(asked, institution_id=body.pk, actor_id=access.user.pk, now=current_time())
    return reverse("workspace:clocks:preview", args=[body.slug, row.pk])
