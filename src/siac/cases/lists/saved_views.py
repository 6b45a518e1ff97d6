# SPDX-License-Identifier: EUPL-1.2
"""Which named lists somebody sees beside the standing views, and which they may change."""

from collections.abc import Mapping
from urllib.parse import urlencode

from siac.cases.answer_templates.queries import editable_scopes
from siac.cases.models import Case, SavedView
from siac.cases.ordering import ORDERS
from siac.cases.queries import DUE_VIEWS, LIST_PARAMS, VIEW_BY_CODE, narrowed
from siac.infra.config_cache import ConfigCache
from siac.kernel.text import sort_key
from siac.organizations.public import Access, Institution, unit_tree
from siac.people.public import names

BESIDE = 12
"""Named lists shown beside the standing views; the rest are on their own page."""

COUNTED = 6
"""So many of them say how many cases they hold: each is planned anew with every page of the list."""

_FREE = frozenset(LIST_PARAMS) - {"q", "responsable"}
_INDEXED = frozenset(
    {"vista", "orden", "tipo", "tema", "unidad", "canal", "estado", "vence_desde", "vence_hasta"}
)
"""Filters by which an index of open cases finds the few that match, or that nothing does."""


def _load(institution_id: int) -> dict[int, SavedView]:
    rows = SavedView.objects.filter(institution_id=institution_id)
    return {row.pk: row for row in sorted(rows, key=lambda row: (sort_key(row.name), row.pk))}


_SAVED: ConfigCache[dict[int, SavedView]] = ConfigCache(_load)


def saved_views(institution: Institution) -> dict[int, SavedView]:
    """Return every named list of a body by primary key, by name; no SQL when warm."""
    return _SAVED.get(institution)


def views_for(access: Access) -> list[SavedView]:
    """Return what this user sees: their own, those of the units they work in and above, the body's."""
    tree = unit_tree(access.institution)
    homes = {grant.unit_id for grant in access.grants if grant.unit_id is not None}
    return [
        row
        for row in saved_views(access.institution).values()
        if row.owner_id in (None, access.user.pk)
        and (row.unit_id is None or not homes.isdisjoint(tree.below(row.unit_id)))
    ]


def editable_views(access: Access) -> list[SavedView]:
    """Return the named lists that this user may rename, share and remove."""
    scopes = {code for code, _ in editable_scopes(access)}
    return [
        row
        for row in saved_views(access.institution).values()
        if row.owner_id in (None, access.user.pk) and view_scope(row) in scopes
    ]


def view_scope(row: SavedView) -> str:
    """Return for whom a named list is, as `editable_scopes` names it."""
    if row.owner_id is not None:
        return "own"
    return f"unit:{row.unit_id}" if row.unit_id is not None else "body"


def is_counted(row: SavedView) -> bool:
    """Return whether counting a named list costs little, however many cases are open: of what is open and
    runs, by filters that an index answers. By days of filing all open ones would be read where few match.
    """
    return row.params.get("vista") in DUE_VIEWS and _INDEXED.issuperset(row.params)


def is_free(params: Mapping[str, str]) -> bool:
    """Return whether a list under `params` needs no SQL beside its own: a search does, and some filters."""
    return _FREE.issuperset(params)


def current_view(access: Access, params: Mapping[str, str]) -> SavedView | None:
    """Return the named list that this user sees with just these parameters, in
    whatever order, if there is one.
    """
    unordered = {name: value for name, value in params.items() if name != "orden"}
    own = views_for(access)
    return next((row for wanted in (params, unordered) for row in own if row.params == wanted), None)


def lasting(access: Access, params: Mapping[str, str]) -> dict[str, str]:
    """Return of the parameters of a list what may be kept: a view and an order that there are, words, and
    filters that are understood and name people and rows of this body (no SQL when warm; 2 more where an
    import narrows it, 3 where a person does).
    """
    _, chips = narrowed(Case.objects.none(), access, params)
    known = {"q", *(chip.name for chip in chips)}
    if params.get("vista") in VIEW_BY_CODE:
        known.add("vista")
    if params.get("orden", "").removeprefix("-") in ORDERS:
        known.add("orden")
    if "persona" in known and not names(access.institution.pk, [int(params["persona"])]):
        known.remove("persona")
    return {name: value for name, value in params.items() if name in known}


def query_of(params: Mapping[str, str]) -> str:
    """Return the parameters of a list as they stand in its address."""
    return urlencode(params)
