# SPDX-License-Identifier: EUPL-1.2
"""How many cases the lists beside the work list hold, by a statement that is put together once a day."""

from datetime import date

from siac.cases.access import visible_to
from siac.cases.lists.saved_views import BESIDE, COUNTED, is_counted, views_for
from siac.cases.queries import VIEW_BY_CODE, VIEWS, in_view, narrowed
from siac.infra.config_cache import ReaderCache
from siac.infra.counting import ReadyCounts, counted, ready_counts
from siac.organizations.public import Access
from siac.ui.public import ready_menu

_WAITING = VIEW_BY_CODE["en-espera"]
"""Few, among many closed without a day: PostgreSQL takes state and day for independent and expects many."""
_READY: ReaderCache[tuple[ReadyCounts, ...]] = ReaderCache()


def list_counts(access: Access, *, today: date, also: ReadyCounts | None = None) -> dict[str, int]:
    """Return how many cases each standing view holds by its code, each named list as `saved:ID`, what the
    menu counts by its own keys, and what `also` counts; all capped, in 1 SQL.

    What decides the statement is the key it is kept under (`ReaderCache`): the configuration of the body, who
    asks with which roles, and the local day. Nothing that a case holds is part of its text.
    """
    ready = _READY.get(access, today, lambda: _ready(access, today=today))
    return counted(*ready, *([also] if also else []))


def _ready(access: Access, *, today: date) -> tuple[ReadyCounts, ...]:
    visible = visible_to(access)
    standing = {view.code: in_view(visible, view.code, access=access, today=today) for view in VIEWS}
    named = {
        f"saved:{row.pk}": narrowed(standing[row.params["vista"]], access, row.params)[0]
        for row in [row for row in views_for(access)[:BESIDE] if is_counted(row)][:COUNTED]
    }
    waiting = {_WAITING.code: standing.pop(_WAITING.code).order_by(*_WAITING.order)}
    return (
        ready_menu(access),
        ready_counts({**standing, **named}),
        ready_counts(waiting, in_order=True),
    )
