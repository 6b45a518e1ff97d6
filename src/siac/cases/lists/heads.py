# SPDX-License-Identifier: EUPL-1.2
"""The parts of the work list around its rows: views, heads that sort, groups by urgency."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from siac.cases.domain.rights import CaseRight
from siac.cases.due_days import NEAR, DueDays
from siac.cases.models import Case
from siac.cases.ordering import chosen_order, sortable
from siac.cases.queries import DUE_VIEWS, VIEW_BY_CODE, VIEWS, View
from siac.infra.counting import COUNT_CAP, count_words
from siac.organizations.public import Access, StaffRight
from siac.ui.public import filled

HEADS = (
    ("vence", "Vence"),
    ("folio", "Folio"),
    ("asunto", "Asunto"),
    ("", "Persona"),
    ("unidad", "Unidad y responsable"),
    ("estado", "Estado"),
)
_PHONE_ORDERS = (
    ("", "como viene"), ("folio", "folio, de menor a mayor"), ("-folio", "folio, de mayor a menor"),
    ("asunto", "asunto"), ("unidad", "unidad"), ("estado", "estado"),
)  # fmt: skip
_RARE = frozenset({"en-espera", "pospuestas", "cerradas", "todas"})
_UNGROUPED = frozenset({"hoy", "atrasadas", "pospuestas"})
"""Views of what falls due that are one group, or are not about what falls due."""


_HEAD = """<th scope="col" class="siac-list__{place}"{stands}>{label}</th>"""
_STANDS = ' aria-sort="{stands}"'
_SORTED_BY = """<a href="{url}">{label}<span class="siac-sort" aria-hidden="true">{sign}</span></a>"""
_SIGNS = {"ascending": "▲", "descending": "▼", "": "↕"}


def heads(view: View, params: Mapping[str, str], address: Any) -> list[dict[str, str]]:
    """Return the heads of the table: what each is called, how the list stands
    by it, and the address that changes that.
    """
    column, downwards = chosen_order(view, params)
    offered = sortable(view)
    found = []
    for code, label in HEADS:
        stands = ("descending" if downwards else "ascending") if code and code == column else ""
        turned = f"-{code}" if stands == "ascending" else code
        url = address(orden=turned) if code in offered else ""
        found.append({"label": label, "stands": stands, "url": url})
    return found


def draw_heads(shown: Sequence[Mapping[str, str]]) -> SafeString:
    """Draw `heads`."""
    return SafeString("".join(_head(place, head) for place, head in enumerate(shown, 1)))


def _head(place: int, head: Mapping[str, str]) -> SafeString:
    label: str = head["label"]
    if head["url"]:
        label = filled(_SORTED_BY, url=head["url"], label=label, sign=_SIGNS[head["stands"]])
    stands = filled(_STANDS, stands=head["stands"]) if head["stands"] else ""
    return filled(_HEAD, place=place, stands=stands, label=label)


def phone_orders(view: View, params: Mapping[str, str], address: Any) -> list[dict[str, Any]]:
    """Return the orders that a phone offers, where there are no heads."""
    offered, chosen = sortable(view), params.get("orden", "")
    first = "vence primero" if view.code in DUE_VIEWS else "más nuevas primero"
    return [
        {"label": label if code else first, "url": address(orden=code or None), "is_current": code == chosen}
        for code, label in _PHONE_ORDERS
        if not code or code.lstrip("-") in offered
    ]


def is_rare(code: str, access: Access) -> bool:
    """Return whether a standing view is folded away for the holder of `access`:
    asked for now and then, or nothing of theirs.
    """
    if code in ("mias", "unidad"):
        return not access.has(CaseRight.WORK)
    if code == "por-derivar":
        return not (access.has(CaseRight.READ_ALL) and access.has(CaseRight.CLASSIFY))
    return code in _RARE


def first_view(access: Access) -> View:
    """Return the view that somebody's work begins with: what to hand out, what
    their unit has, what is theirs.
    """
    if access.has(CaseRight.WORK):
        return VIEW_BY_CODE["unidad" if access.has(StaffRight.TEAM) else "mias"]
    routes = access.has(CaseRight.READ_ALL) and access.has(CaseRight.CLASSIFY)
    # Who routes and also follows the figures of the body works on all of it.
    return VIEW_BY_CODE["por-derivar" if routes and not access.has(StaffRight.FIGURES) else "abiertas"]


def is_grouped(view: View, params: Mapping[str, str]) -> bool:
    """Return whether the list stands under headings: it goes by what falls due, next first."""
    by_due = view.code in DUE_VIEWS and view.code not in _UNGROUPED
    return by_due and chosen_order(view, params) == ("vence", False)


def group_lists(rows: QuerySet[Case], days: DueDays) -> dict[str, QuerySet[Case]]:
    """Return the groups of a list that can be counted, and the list itself, by what `grouped` calls them."""
    return {
        "late": rows.filter(due_on__lt=days.today),
        "today": rows.filter(due_on=days.today),
        "near": rows.filter(due_on__gt=days.today, due_on__lte=days.near_until),
        "listed": rows,
    }


def grouped(rows: Sequence[dict[str, Any]], days: DueDays, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the rows under their headings, each with how many the whole list
    has there, where that was counted.
    """
    later = _later(counts)
    named = {
        "late": "Atrasadas",
        "today": "Vencen hoy",
        "near": f"Próximos {NEAR} días hábiles",
        "later": "Más adelante",
    }
    found: list[dict[str, Any]] = []
    for code, name in named.items():
        own = [row for row in rows if _group(row["due_on"], days) == code]
        count = later if code == "later" else count_words(counts[code]) if code in counts else ""
        if own:
            found.append({"name": name, "count": count, "rows": own})
    return found


def _group(due_on: date | None, days: DueDays) -> str:
    if due_on is None or due_on > days.near_until:
        return "later"
    return "late" if due_on < days.today else "today" if due_on == days.today else "near"


def _later(counts: Mapping[str, int]) -> str:
    """Return what is left for the last group, where all was counted to its end."""
    if counts.get("listed", COUNT_CAP) >= COUNT_CAP:
        return ""
    return str(counts["listed"] - sum(counts[code] for code in ("late", "today", "near")))


def standing_links(access: Access, current: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the standing views as links without their address; the chosen one
    leads where it is not among the usual ones.
    """
    return [
        {
            "code": view.code,
            "name": view.name,
            "params": {"vista": view.code},
            "count": count_words(counts[view.code]),
            "is_current": view.code == current,
            "is_saved": False,
            "is_rare": is_rare(view.code, access) and view.code != current,
            "leads": is_rare(view.code, access) and view.code == current,
        }
        for view in VIEWS
    ]


_VIEW = """<li><a href="{url}"{current}>{star}{name}{count}</a></li>"""
_CURRENT = SafeString(' aria-current="page"')
_STAR = SafeString('<span aria-hidden="true">★ </span>')
_COUNT = ' <span class="siac-side__count">{count}</span>'


def draw_views(links: Sequence[Mapping[str, Any]]) -> SafeString:
    """Draw views of the list as links, each with what it holds; named ones have a star."""
    return SafeString(
        "".join(
            filled(
                _VIEW,
                url=link["url"],
                current=_CURRENT if link["is_current"] else "",
                star=_STAR if link["is_saved"] else "",
                name=link["name"],
                count=filled(_COUNT, count=link["count"]) if link["count"] else "",
            )
            for link in links
        )
    )
