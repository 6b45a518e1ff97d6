# SPDX-License-Identifier: EUPL-1.2
"""The work list that an address asks for: which cases, in which order, how many of each group."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from siac.cases.access import visible_to
from siac.cases.due_days import DueDays
from siac.cases.finding import found
from siac.cases.lists.heads import group_lists, is_grouped
from siac.cases.lists.saved_views import is_free
from siac.cases.lists.shown_rows import RowRead, row_names, with_rows
from siac.cases.models import Case
from siac.cases.ordering import order_of, with_order
from siac.cases.queries import Chip, View, in_view, narrowed
from siac.infra.config_cache import ReaderCache
from siac.infra.counting import ReadyCounts, ready_counts
from siac.infra.keyset import FirstPage, Page, page, with_order_names
from siac.organizations.public import Access


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a list goes by its address, its reader, the configuration and the local day alone."""

    chips: list[Chip]
    first: FirstPage
    groups: ReadyCounts


_KEPT: ReaderCache[_Kept] = ReaderCache(most=100)


class WorkList:
    """A view of the work list under `params`, for a reader on a local day.

    Its first page and its groups are read by statements that are kept, but for a search, which goes by what
    people typed, and filters that ask the database what they mean.
    """

    def __init__(self, access: Access, view: View, params: Mapping[str, str], days: DueDays) -> None:
        self._access, self._view, self._params, self._days = access, view, params, days
        self._order = order_of(view, params)
        self._query = params.get("q", "")

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return self._kept.chips if is_free(self._params) else self._narrowed[1]

    def page(self, cursor: str | None) -> Page[RowRead]:
        """Return one page of its rows (1 SQL, and those of a search).

        Raises:
            BadCursor: the cursor is of another list.
        """
        if cursor is None and is_free(self._params):
            return self._kept.first.read()
        names = with_order_names(row_names(self._access), self._order)
        return page(
            self._chosen,
            self._order,
            cursor=cursor,
            read=lambda keys: self._read(keys).values_list(*names, named=True),
        )

    @property
    def groups(self) -> ReadyCounts:
        """How to count its groups and all of it; nothing where it has none, or is a search."""
        return self._kept.groups if is_free(self._params) else self._counted_groups

    @property
    def unfiltered(self) -> QuerySet[Case]:
        """The cases of the view, whatever the filters leave of them."""
        today = self._days.today
        return in_view(visible_to(self._access), self._view.code, access=self._access, today=today)

    @property
    def _kept(self) -> _Kept:
        key = (self._view.code, self._days.today, self._days.near_until, tuple(sorted(self._params.items())))
        return _KEPT.get(self._access, key, self._put_together)

    def _put_together(self) -> _Kept:
        first = FirstPage(self._chosen, row_names(self._access), self._order, read=self._read)
        return _Kept(self._narrowed[1], first, self._counted_groups)

    @cached_property
    def _narrowed(self) -> tuple[QuerySet[Case], list[Chip]]:
        cases, chips = narrowed(self.unfiltered, self._access, self._params)
        return (found(cases, self._access, self._query) if self._query else cases), chips

    @property
    def _chosen(self) -> QuerySet[Case]:
        return with_order(self._narrowed[0], self._order)

    def _read(self, keys: QuerySet[Any, Any]) -> QuerySet[Case]:
        """Return what is told of the cases with these primary keys."""
        cases = Case.objects.filter(pk__in=keys)
        return with_order(with_rows(cases, self._access, today=self._days.today), self._order)

    @property
    def _counted_groups(self) -> ReadyCounts:
        has_groups = is_grouped(self._view, self._params) and not self._query
        return ready_counts(group_lists(self._narrowed[0], self._days) if has_groups else {})
