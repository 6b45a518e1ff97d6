# SPDX-License-Identifier: EUPL-1.2
"""The list that a case was opened from, carried in its address, and the cases before and after it there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import require_reader, visible_to
from siac.cases.domain.numbers import parse_folio
from siac.cases.listing import listed
from siac.cases.models import Case
from siac.cases.ordering import order_of, with_order
from siac.cases.queries import VIEW_BY_CODE, list_names
from siac.infra.keyset import neighbour
from siac.organizations.public import Access, staff_page
from siac.ui.lists import kept

_LONGEST = 600
_MINE = {"vista": "mias"}
_OWN_COLUMNS = {"due_on", "year", "number", "pk"}
_SIDES = {"siguiente": False, "anterior": True}


@dataclass(frozen=True, slots=True)
class OpenedFrom:
    """The work list under `params` (view, search, filters); without any a case was not opened from a list."""

    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """What the addresses of a case carry of it: empty, or «?lista=…»."""
        return f"?{urlencode({'lista': urlencode(self.params)})}" if self.params else ""

    @property
    def list_query(self) -> str:
        """The parameters of the list as one value, for a form that comes back to a case."""
        return urlencode(self.params)

    @property
    def query(self) -> str:
        """The query of the list's own address."""
        return f"?{urlencode(self.params)}" if self.params else ""

    @property
    def name(self) -> str:
        """What the list is called."""
        return "Resultados" if self.params.get("q") else VIEW_BY_CODE[self.params["vista"]].name


def opened_from(request: HttpRequest) -> OpenedFrom:
    """Return the list in the address of a case; what is no list of ours is left out."""
    sent = QueryDict(request.GET.get("lista", "")[:_LONGEST])
    params = kept(sent, list_names())
    return OpenedFrom(params if params.get("vista") in VIEW_BY_CODE else {})


def beside_in_list(access: Access, case: Case, place: OpenedFrom, *, backwards: bool = False) -> Case | None:
    """Return the case after `case` (or before it) in the list it was opened
    from, without one in «Mías»; None at its end.

    It need not be there any more: its place is told by its own day and number. 1 SQL, one more where the list
    stands by what is not the case's own, and those of the search where there is one.
    """
    params = place.params or _MINE
    today = access.institution.local_date(current_time())
    order = order_of(VIEW_BY_CODE[params["vista"]], params)
    if not {name.lstrip("-") for name in order} <= _OWN_COLUMNS:
        case = with_order(Case.objects.filter(pk=case.pk), order).select_related("unit").get()
    cases = listed(access, params, today=today).order_by().only("year", "number")
    return neighbour(cases, order, case, backwards=backwards)


@require_safe
@staff_page()
def move(request: HttpRequest, access: Access, folio: str, side: str) -> HttpResponse:
    """Go to the case after this one, or before it, in the list it was opened
    from; at the end of the list stay and say so.

    Nothing of this one is shown, so nothing is noted in the reader's access stream.
    """
    require_reader(access)
    number = parse_folio(folio)
    case = visible_to(access).filter(year=number[0], number=number[1]).first() if number else None
    if case is None:
        raise Http404(folio)
    place, backwards = opened_from(request), _SIDES[side]
    other = beside_in_list(access, case, place, backwards=backwards)
    if other is None:
        messages.info(request, "Es la primera de la lista." if backwards else "Es la última de la lista.")
    return to_case(access, (other or case).folio, place)


def to_case(access: Access, folio: str, place: OpenedFrom) -> HttpResponse:
    """Lead to the page of a case, which keeps the list it was opened from."""
    return redirect(reverse("workspace:cases:case", args=[access.institution.slug, folio]) + place.suffix)


def to_list(access: Access, place: OpenedFrom) -> HttpResponse:
    """Lead back to the list that a case was opened from."""
    return redirect(reverse("workspace:cases:list", args=[access.institution.slug]) + place.query)


def list_address(request: HttpRequest, access: Access) -> str:
    """Return the address of the list that a form was sent from."""
    query = kept(request.POST, list_names())
    return reverse("workspace:cases:list", args=[access.institution.slug], query=query)
