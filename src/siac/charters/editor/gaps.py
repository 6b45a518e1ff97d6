# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of what people expect, what is done, and what is said where it falls short."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.charters.checking import levels
from siac.charters.commands.gaps import explain_gap, override_gap, save_expectations
from siac.charters.domain.gaps import Verdict
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.drawing import expectation_chart
from siac.charters.editor.level_forms import ExpectationsForm, GapForm
from siac.charters.editor.reading import edition_of
from siac.charters.editor.step_forms import ReasonForm
from siac.charters.models import CharterEdition
from siac.charters.texts import GAP_COLOURS, GAPS
from siac.charters.weighing import Weighed, valued, weighed
from siac.indicators.public import number_words
from siac.kernel.errors import Refused
from siac.organizations.public import Access, overtaken, staff_page
from siac.surveys.public import latest_expectations, surveys_of_expectations
from siac.ui.forms import basis_field
from siac.ui.public import long_date, refusal_text
from siac.ui.records import record_form

_ONE = "workspace:charters:charter"


def _draft(access: Access, edition_id: int) -> CharterEdition:
    row = edition_of(access, edition_id)
    if row.state != EditionState.DRAFT:
        raise Http404(str(edition_id))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def expectations(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Write what people value and how much they expect."""
    edition = _draft(access, edition_id)
    form = ExpectationsForm(edition, request.POST or None)
    back = reverse("workspace:charters:levels", args=[access.institution.slug, edition.pk])

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_expectations(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Expectativas guardadas.")
        return redirect(back)

    return record_form(
        request, form, save, title="Qué valoran y cuánto esperan", back_url=back, field="rows",
        overtaken=lambda refused: overtaken(
            form, refused, edition, {"expectations": lambda rows: "; ".join(row["name"] for row in rows)}
        ),
    )  # fmt: skip


@require_POST
@staff_page(CharterRight.KEEP)
def bring(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Take weights and expectations from the latest period of a survey that may be told."""
    edition = _draft(access, edition_id)
    today = access.institution.local_date(current_time())
    known = dict(surveys_of_expectations(access.institution))
    asked = request.POST.get("encuesta", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    found = latest_expectations(access.institution, pk, today=today) if pk in known else None
    if found is None or not found[1]:
        messages.error(request, "Esa encuesta no tiene un período con respuestas suficientes.")
    else:
        period, told = found
        words = f"{known[pk]}, {long_date(period.first)} a {long_date(period.last)}"
        by_name = {row["name"]: row for row in edition.expectations}
        rows = [
            {
                **by_name.get(each.name, {"dimension": "other"}), "name": each.name, "weight": each.weight,
                "expected": each.expected, "n": each.n, "basis": "survey", "words": words[:150],
            }
            for each in told
        ]  # fmt: skip
        names = {each.name for each in told}
        rows += [{**row, "weight": Decimal(0)} for row in edition.expectations if row["name"] not in names]
        rows[0]["weight"] += Decimal(100) - sum(Decimal(str(row["weight"])) for row in rows)
        save_expectations(
            institution=access.institution, edition_id=edition.pk, rows=rows, actor=access.user,
            now=current_time(), based_on=None,
        )  # fmt: skip
        messages.success(request, f"{len(told)} atributos traídos de «{known[pk]}».")
    return redirect("workspace:charters:levels", access.institution.slug, edition.pk)


@require_safe
@staff_page(CharterRight.READ)
def show_levels(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Show what people expect beside what is done, and what may be promised."""
    edition = edition_of(access, edition_id)
    today = access.institution.local_date(current_time())
    promises = weighed(edition, levels(edition, today=today))
    values = valued(edition, promises)
    may_write = access.has(CharterRight.KEEP) and edition.state == EditionState.DRAFT
    context = {
        "edition": edition,
        "values": values,
        "promises": [(each, GAPS[each.gap.verdict], GAP_COLOURS[each.gap.verdict]) for each in promises],
        "chart": expectation_chart(values),
        "may_write": may_write,
        "may_override": access.has(CharterRight.APPROVE) and edition.is_draft,
        "surveys": surveys_of_expectations(access.institution) if may_write else [],
    }
    return render(request, "charters/editor/levels.html", context)


def _weighed(access: Access, edition: CharterEdition, commitment_id: int) -> Weighed:
    today = access.institution.local_date(current_time())
    for each in weighed(edition, levels(edition, today=today)):
        if each.line.commitment.pk == commitment_id:
            return each
    raise Http404(str(commitment_id))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def gap(request: HttpRequest, access: Access, edition_id: int, commitment_id: int) -> HttpResponse:
    """Say why what is done falls short of a promise, and how that is mended."""
    edition = _draft(access, edition_id)
    each = _weighed(access, edition, commitment_id)
    row, line = each.line.commitment, each.line
    form = GapForm(row, request.POST or None)
    back = reverse("workspace:charters:levels", args=[access.institution.slug, edition.pk])

    def save(fields: dict[str, Any]) -> HttpResponse:
        explain_gap(
            institution=access.institution, edition_id=edition.pk, commitment_id=row.pk, actor=access.user,
            now=current_time(), **fields,
        )  # fmt: skip
        messages.success(request, "Causa y plan guardados.")
        return redirect(back)

    wanted = each.gap.expected
    expected = f" Se espera {number_words(wanted)} %." if wanted is not None else ""
    return record_form(
        request, form, save, title="Por qué no se llega", back_url=back,
        intro=f"«{row.text}»: hoy {line.value_words}, meta {line.target_words}.{expected}",
        overtaken=lambda refused: overtaken(form, refused, row, {}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.APPROVE)
def override(request: HttpRequest, access: Access, edition_id: int, commitment_id: int) -> HttpResponse:
    """Promise what is not reached yet, by the authority."""
    edition = edition_of(access, edition_id)
    if not edition.is_draft:
        raise Http404(str(edition_id))
    each = _weighed(access, edition, commitment_id)
    back = reverse("workspace:charters:levels", args=[access.institution.slug, edition.pk])
    if each.gap.verdict is not Verdict.BLOCKED:
        messages.info(request, refusal_text(Refused("gap_none")))
        return redirect(back)
    form = ReasonForm(request.POST or None)
    form.fields["seen"] = basis_field(each.line.commitment.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        override_gap(
            institution=access.institution, edition_id=edition.pk, commitment_id=commitment_id, gap=each.gap,
            level=f"{each.line.value_words} ({each.line.of_words})", actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Queda escrito en la carta que se promete sin llegar todavía.")
        return redirect(back)

    return record_form(
        request, form, save, title="Prometer sin llegar todavía", submit="Prometer igual", back_url=back,
        intro=f"«{each.line.commitment.text}»: hoy {each.line.value_words}, meta {each.line.target_words}. "
        "Su razón queda en la carta para siempre y cualquiera la lee.",
    )  # fmt: skip
