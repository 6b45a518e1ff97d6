# SPDX-License-Identifier: EUPL-1.2
"""The public register of a charter: closed periods only, with what was done where it failed, and the requests
behind each of them.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.charters.domain.commitments import Form, Subject
from siac.charters.domain.states import EditionState
from siac.charters.models import Charter, CharterEdition
from siac.charters.queries import certificates_of, commitments
from siac.charters.register.closed import Closed, closed_periods
from siac.charters.register.comparison import comparison_for
from siac.charters.register.drawn import drawn
from siac.charters.register.reading import newest_told, register_of, registers
from siac.charters.register.units import units_of
from siac.charters.standings import behind, kept_among, order_of, standings, things_of
from siac.infra.readers import read_apart
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Institution, compared_bodies, portal_page
from siac.ui.lists import Asked, Filter

_COLUMNS = (
    Column("carta", 40), Column("edicion", 10), Column("compromiso_codigo", 20), Column("compromiso", 60),
    Column("desde", 12), Column("hasta", 12), Column("resultado", 12), Column("cumplidas", 12),
    Column("de_cuantas", 12), Column("meta", 10), Column("cumple", 10), Column("incumplidas", 12),
    Column("medidas_entregadas", 12), Column("medidas_en_curso", 12), Column("medidas_sin_efecto", 12),
    Column("explicacion", 60), Column("oculto", 8),
)  # fmt: skip

_REPORTS = 12
"""Reports that are linked: the newest ones."""


@require_safe
@read_apart
@portal_page
def register(request: HttpRequest, institution: Institution, code: str) -> HttpResponseBase:
    """Show how each promise of a charter was kept, or hand out all its closed periods."""
    charter = _charter(institution, code)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        closed = closed_periods(institution, charters=[charter.pk])
        closed.sort(key=lambda each: (each.result.code, each.result.first))
        body = (_cells(each) for each in closed)
        return table_response(_COLUMNS, body, form=wanted, name=f"cumplimiento-{code}", title="Cumplimiento")
    today = institution.local_date(current_time())
    told = register_of(institution, charter, today=today)
    if told is None:
        raise Http404(code)
    shown = charter.reports.filter(shown_at__isnull=False).order_by("-last", "-pk")
    shown = shown.defer("paper", "shown_paper", "shown_content")
    context = {
        "charter": charter, "register": told, "drawn": drawn(institution, told), "edition": told.edition,
        "has_others": len(compared_bodies(institution)) > 1,
        "reports": shown[:_REPORTS],
        "certificates": certificates_of(institution, charter.pk, today=today),
    }  # fmt: skip
    return render(request, "charters/portal/register.html", context)


def _charter(institution: Institution, code: str) -> Charter:
    charters = Charter.objects.filter(institution=institution, code=code)
    charter = charters.filter(editions__state=EditionState.APPROVED).first()
    if charter is None:
        raise Http404(code)
    charter.institution = institution
    return charter


def _cells(each: Closed) -> list[object]:
    row, given = each.result, each.given
    told = {True: "sí", False: "no", None: "sin dato"}
    figures: list[object] = [row.value, row.met, row.total]
    became: list[object] = [given.breaches, given.delivered, given.owed, given.refused]
    return [
        each.commitment.edition.charter.title, each.commitment.edition.number, row.code, each.commitment.text,
        row.first, row.last, *([None] * 3 if each.is_hidden else figures), row.target,
        "" if each.is_hidden else told[row.is_reached], *([None] * 4 if each.is_hidden else became),
        each.explanation, "sí" if each.is_hidden else "no",
    ]  # fmt: skip


@require_safe
@read_apart
@portal_page
def period(request: HttpRequest, institution: Institution, code: str, result_id: int) -> HttpResponse:
    """Show a closed period of a guarantee: how it is counted, how units compare, and the requests behind it,
    without anything that tells who they are.
    """
    charter = _charter(institution, code)
    closed = closed_periods(institution, charters=[charter.pk])
    each = next((each for each in closed if each.result.pk == result_id), None)
    if each is None or not each.is_guarantee or each.is_hidden or not each.result.total:
        raise Http404(str(result_id))
    days: dict[str, Any] = {"first": each.result.first, "last": each.result.last}
    commitment = commitments(institution)[each.commitment.pk]
    [line] = standings(institution, **days, is_dated=False, among=[commitment])
    units = units_of(commitment, **days)
    of_unit = Filter("unidad", "Unidad", [(unit.unit_id, unit.name) for unit in units if unit.share], "Todas")
    asked = Asked.of(request, of_unit)
    counted = behind(commitment, **days)
    if "unidad" in asked.kept:
        counted = counted.filter(unit=int(asked.kept["unidad"]) or None)
    # What was erased since, or moved to another kind, may leave so few that they are not listed.
    is_listed = line.share.total >= institution.smallest_group
    of_attentions = commitment.subject == Subject.ATTENTION
    shown = counted.only(*(_SHOWN_OF_ATTENTIONS if of_attentions else _SHOWN))
    listing = asked.listing(shown, order_of(commitment)) if is_listed else None
    context = {
        "charter": charter, "each": each, "line": line, "units": units, "listing": listing,
        "things": things_of(commitment), "is_of_attentions": of_attentions,
        "kept": kept_among(commitment, [case.pk for case in listing.rows] if listing else [], **days),
        "is_changed": (line.share.met, line.share.total) != (each.result.met, each.result.total),
    }  # fmt: skip
    return render(request, "charters/portal/period.html", context)


_SHOWN = ("pk", "filed_at", "answered_at", "institution_id", "answer_days", "reviews", "rating")
_SHOWN_OF_ATTENTIONS = ("pk", "begun_at", "waited", "institution_id")


@require_safe
@read_apart
@portal_page
def comparison(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show how the bodies of the installation that agreed to it keep their charters."""
    found = comparison_for(institution, now=current_time())
    if found is None:
        raise Http404("comparison")
    return render(request, "charters/portal/comparison.html", {"comparison": found})


@require_safe
@read_apart
@portal_page
def moved_compliance(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Lead from where all promises of a body stood to its only register, or to all charters."""
    today = institution.local_date(current_time())
    rows = CharterEdition.objects.filter(institution=institution).select_related("charter")
    found = registers(institution, [row.charter for row in rows if row.is_in_force(today)], today=today)
    if len(found) == 1:
        [only] = found.values()
        return redirect("portal:charters:register", institution.slug, only.charter.code)
    return redirect("portal:charters:charters", institution.slug)


@require_safe
@read_apart
@portal_page
def moved_cases(request: HttpRequest, institution: Institution, commitment_id: int) -> HttpResponse:
    """Lead from where the requests of a year stood to those of the newest period that is shown, or to the
    register.
    """
    commitment = commitments(institution).get(commitment_id)
    if commitment is None or commitment.form != Form.GUARANTEE:
        raise Http404(str(commitment_id))
    charter = commitment.edition.charter
    told = register_of(institution, charter, today=institution.local_date(current_time()))
    newest = newest_told(told.lines, commitment.code) if told else None
    if newest is None:
        return redirect("portal:charters:register", institution.slug, charter.code)
    return redirect("portal:charters:period", institution.slug, charter.code, newest.result.pk)
