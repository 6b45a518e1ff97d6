# SPDX-License-Identifier: EUPL-1.2
"""Naming a list, sharing it, removing it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.cases.models import SavedView
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration, unit_tree


@transaction.atomic
def save_view(
    *,
    institution: Institution,
    actor: User,
    now: datetime,
    name: str,
    view: SavedView | None = None,
    params: Mapping[str, str] | None = None,
    owner_id: int | None = None,
    unit_id: int | None = None,
) -> SavedView:
    """Name the list `params`, or rename and share `view`, for one person, a
    unit, or the whole body (neither).

    Raises:
        Refused: no name, it is taken there (view_taken), there is no such unit,
            or the list is any list (view_empty).
    """
    if not squeeze(name):
        raise Refused("view_unnamed")
    if unit_id is not None and unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    row = view or SavedView(institution=institution)
    if params is not None:
        row.params = dict(params)
    if not row.params:
        raise Refused("view_empty")
    row.name, row.owner_id, row.unit_id = squeeze(name)[:60], owner_id, unit_id
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("view_taken", name=row.name) from error
    data = {"view": row.pk, "owner": owner_id, "unit": unit_id}
    note_configuration(institution.pk, "cases.view_saved", actor=actor, now=now, data=data)
    return row


@transaction.atomic
def remove_view(*, institution: Institution, view: SavedView, actor: User, now: datetime) -> None:
    """Remove a named list; the cases stay as they are."""
    pk = view.pk
    SavedView.objects.filter(institution=institution, pk=pk).delete()
    note_configuration(institution.pk, "cases.view_removed", actor=actor, now=now, data={"view": pk})
