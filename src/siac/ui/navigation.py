# SPDX-License-Identifier: EUPL-1.2
"""The side navigation of the workspace; each context registers its entries when it is ready."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.safestring import SafeString

from siac.countries.public import Duty
from siac.infra.config_cache import ReaderCache
from siac.infra.counting import ReadyCounts, count_words, counted, ready_counts
from siac.ui.marks import filled


class NavGroup(StrEnum):
    """A heading of the navigation, in the order they stand."""

    WORK = "Trabajo"
    INTAKE = "Atención"
    CHARTERS = "Cartas y servicios"
    FIGURES = "Cifras"
    LISTENING = "Encuestas y visitas"
    IMPROVEMENT = "Mejora continua"
    REPORTS = "Informes"
    RECORDS = "Registros"
    SETUP = "Configuración"


_PLACES = {group: place for place, group in enumerate(NavGroup)}


@dataclass(frozen=True)
class NavItem:
    """One entry: `url_name` takes the `slug` of the body; without `right`
    all staff see it, of several any will do.

    `counted` returns, for the access of a user, the lists whose rows wait for them there: their number stands
    beside the entry. They go by the configuration of the body and by who asks, never by the time.
    Only bodies in countries whose law asks for `duty` have the page; None: all.
    `concerns` says of the access of a user, and a local day, whether there is anything for them there, by the
    configuration of the body (no SQL when warm); None: for all who may open it.
    """

    label: str
    url_name: str
    right: str | frozenset[str] | None = None
    order: int = 100
    counted: Callable[[Any], Sequence[QuerySet[Any]]] | None = None
    duty: Duty | None = None
    group: NavGroup = NavGroup.WORK
    key: str = ""
    """The key that opens it from any page of the workspace."""
    concerns: Callable[[Any, date], bool] | None = None


@dataclass(frozen=True)
class NavLink:
    """An entry as drawn for one user on one page; `group` is the heading that
    it stands under, empty in the portal.
    """

    label: str
    url: str
    is_current: bool
    count: str = ""
    """How much waits there, as it is shown; empty where nothing does."""
    group: str = ""
    key: str = ""


_ITEMS: dict[str, NavItem] = {}


def register_nav(item: NavItem) -> None:
    """Add an entry; registering the same page again replaces it."""
    _ITEMS[item.url_name] = item


def nav_links(
    *,
    institution: Any,
    rights: Collection[str],
    path: str,
    counts: Mapping[str, int] | None = None,
    besides: Collection[str] = (),
) -> list[NavLink]:
    """Return what a user with `rights` in `institution` sees, by group and
    order; the deepest match is current.

    `counts` are those of `menu_counts`. Entries that only some are concerned by are seen where `besides`, of
    `own_entries`, names their address.
    """
    found = []
    for item in sorted(_ITEMS.values(), key=lambda entry: (_PLACES[entry.group], entry.order, entry.label)):
        if _is_seen(item, institution, rights) and (item.concerns is None or item.url_name in besides):
            url = _address(item.url_name, institution.slug, get_urlconf())
            if url:
                found.append((item, url))
    current = max((url for _, url in found if path.startswith(url)), key=len, default="")
    waiting = counts or {}
    return [
        NavLink(
            item.label,
            url,
            url == current,
            count_words(waiting[item.url_name]) if waiting.get(item.url_name) else "",
            item.group.value,
            item.key,
        )
        for item, url in found
    ]


_CURRENT = SafeString(' aria-current="page"')
_GROUP = """
          <p class="siac-side__group" id="menu-{place}">{name}</p>
          <ul aria-labelledby="menu-{place}">{entries}</ul>"""
_ENTRY = """
              <li><a href="{url}"{current}{key}>{label}{count}{hint}</a></li>"""
_KEY = ' data-key="{key}"'
_HINT = " <kbd>{key}</kbd>"
_COUNT = '<span class="siac-side__count">{count}</span>'


def draw_menu(links: Iterable[NavLink]) -> SafeString:
    """Draw the side navigation from `nav_links`: each group under its heading."""
    groups = [(name, list(own)) for name, own in groupby(links, key=lambda link: link.group)]
    return SafeString(
        "".join(
            filled(_GROUP, place=place, name=name, entries=SafeString("".join(_entry(link) for link in own)))
            for place, (name, own) in enumerate(groups, 1)
        )
    )


def _entry(link: NavLink) -> SafeString:
    return filled(
        _ENTRY,
        url=link.url,
        current=_CURRENT if link.is_current else "",
        label=link.label,
        count=filled(_COUNT, count=link.count) if link.count else "",
        key=filled(_KEY, key=link.key) if link.key else "",
        hint=filled(_HINT, key=link.key.upper()) if link.key else "",
    )


def menu_lists(access: Any) -> dict[str, QuerySet[Any]]:
    """Return the lists that the menu of the holder of `access` counts, to be
    counted along with others; no SQL.
    """
    return {
        f"{item.url_name}:{place}": listed
        for item in _ITEMS.values()
        if item.counted and _is_seen(item, access.institution, access.rights)
        for place, listed in enumerate(item.counted(access))
    }


def own_entries(request: HttpRequest, now: datetime) -> set[str]:
    """Return the addresses of the entries that concern only some, and concern who asks; none on a page that
    tells of an error, which asks nobody anything. No SQL when warm.
    """
    access = getattr(request, "siac_access", None)
    if access is None or getattr(request, "siac_menu_bare", False):
        return set()
    today = access.institution.local_date(now)
    return {
        item.url_name
        for item in _ITEMS.values()
        if item.concerns is not None
        and _is_seen(item, access.institution, access.rights)
        and item.concerns(access, today)
    }


_READY: ReaderCache[ReadyCounts] = ReaderCache()


def keep_menu_bare(request: HttpRequest) -> None:
    """Let the menu of this page ask the database for nothing: no counts, and no entries of only some."""
    keep_menu_counts(request, {})
    request.siac_menu_bare = True  # type: ignore[attr-defined]


def keep_menu_counts(request: HttpRequest, counts: Mapping[str, int]) -> None:
    """Let the menu of this page show `counts`, which hold those of
    `menu_lists`: it then asks the database for none.
    """
    request.siac_menu_counts = _summed(counts)  # type: ignore[attr-defined]


def menu_counts(request: HttpRequest) -> Mapping[str, int]:
    """Return how much waits behind each entry, by its address name (1 SQL, none
    where it was kept for this page).
    """
    if not hasattr(request, "siac_menu_counts"):
        access = getattr(request, "siac_access", None)
        keep_menu_counts(request, counted(ready_menu(access)) if access else {})
    found: Mapping[str, int] = request.siac_menu_counts  # type: ignore[attr-defined]
    return found


def ready_menu(access: Any) -> ReadyCounts:
    """Return how to count what the menu of the holder of `access` counts, put together once for a reader and
    a configuration; no SQL.
    """
    return _READY.get(access, None, lambda: ready_counts(menu_lists(access)))


def _summed(counts: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, count in counts.items():
        url_name, _, place = key.rpartition(":")
        if place.isdigit() and url_name in _ITEMS:
            found[url_name] = found.get(url_name, 0) + count
    return found


def _is_of(item: "NavItem | PortalLink", institution: Any) -> bool:
    return item.duty is None or item.duty in institution.country.duties


def _is_seen(item: NavItem, institution: Any, rights: Collection[str]) -> bool:
    return _is_open(item, rights) and _is_of(item, institution)


@lru_cache(maxsize=4096)
def _address(url_name: str, slug: str, urlconf: str | None) -> str:
    """Return the address of an entry; nothing where its context is not switched on in this installation."""
    try:
        return reverse(url_name, urlconf=urlconf, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""


def _is_open(item: NavItem, rights: Collection[str]) -> bool:
    if isinstance(item.right, str):
        return item.right in rights
    return item.right is None or not item.right.isdisjoint(rights)


@dataclass(frozen=True)
class SearchBox:
    """The one search of the workspace: `url_name` takes the `slug` of the body and the text as `q`."""

    url_name: str
    placeholder: str
    rights: frozenset[str]


_SEARCH: list[SearchBox] = []


def register_search(box: SearchBox) -> None:
    """Set the search box of the workspace; the last one registered counts."""
    _SEARCH[:] = [box]


def search_box(rights: Collection[str]) -> SearchBox | None:
    """Return the search box for a user who holds one of its rights."""
    return next((box for box in _SEARCH if box.rights & set(rights)), None)


@dataclass(frozen=True)
class PortalLink:
    """One entry of a body's portal: `url_name` takes the `slug` of the body; `duty` as in `NavItem`."""

    label: str
    url_name: str
    order: int = 100
    duty: Duty | None = None


_PORTAL: dict[str, PortalLink] = {}


def register_portal_link(link: PortalLink) -> None:
    """Add an entry to the portal's navigation; registering the same page again replaces it."""
    _PORTAL[link.url_name] = link


def portal_links(institution: Any, path: str) -> list[NavLink]:
    """Return the entries of a body's portal, in order."""
    own = [link for link in _PORTAL.values() if _is_of(link, institution)]
    found = sorted(own, key=lambda link: (link.order, link.label))
    urls = [(link, reverse(link.url_name, kwargs={"slug": institution.slug})) for link in found]
    return [NavLink(link.label, url, path.startswith(url)) for link, url in urls]
