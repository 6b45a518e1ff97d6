# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of figures: all of them, one of them, and what lies behind a number."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.figures.drawing import groups_chart, trend_chart, values_chart
from siac.indicators.figures.facts import things_behind
from siac.indicators.figures.forms import QuestionForm
from siac.indicators.figures.links import figure_links
from siac.indicators.figures.measuring import measure
from siac.indicators.figures.pages import (
    COLUMNS,
    Address,
    Compared,
    asked_words,
    metric_page,
    of_values,
    overview,
    parts,
    table,
)
from siac.indicators.figures.profiles import traits_of
from siac.indicators.figures.wording import seconds_words, statistic_words
from siac.indicators.texts import BETTER, MEANS
from siac.infra.metrics import Metric, Thing, metric, source
from siac.infra.tables.download import table_response
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import Asked, Filter


@require_safe
@staff_page(StaffRight.FIGURES)
def figure_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every metric in its family, with what it is compared with."""
    today = access.institution.local_date(current_time())
    form = QuestionForm(access.institution, None, request.GET, today=today)
    context: dict[str, Any] = {"form": form, "may_keep": access.has(IndicatorRight.KEEP)}
    if form.is_valid():
        question = form.question
        families = overview(access.institution, question, today=today)
        context |= asked_words(access.institution, request.path, form)
        context["families"] = families
        context["has_any"] = any(line.has_any for _, lines in families for line in lines)
    return render(
        request, "indicators/workspace/figures.html", context, status=200 if form.is_valid() else 422
    )


@require_safe
@staff_page(StaffRight.FIGURES)
def figure(request: HttpRequest, access: Access, key: str) -> HttpResponseBase:
    """Show one metric: month by month, by a dimension, and its values; or hand that out as a table."""
    of, today = _metric(key), access.institution.local_date(current_time())
    form = QuestionForm(access.institution, of, request.GET, today=today)
    context: dict[str, Any] = {"form": form, "metric": of, "better": BETTER[of.better]}
    if form.is_valid():
        question = form.question
        page = metric_page(access.institution, of, question, today=today)
        wanted = request.GET.get("formato", "")
        if wanted in ("csv", "xlsx"):
            first, last = question.window.days
            name = f"cifra-{of.key.replace('.', '-')}-{first}-{last}"
            return table_response(COLUMNS, table(page, question), form=wanted, name=name, title="Cifra")
        to_cases = _things_of(access, of)
        context |= asked_words(access.institution, request.path, form)
        context |= {
            "line": page.line,
            "things": source(of.of.source).things.many,
            "told": statistic_words(of.unit, question.statistic, question.within),
            "means": MEANS.get(question.statistic, ""),
            "seconds": seconds_words(page.seconds) if page.seconds is not None else "",
            "parts": parts(page.line, question, to_cases),
            "before_url": to_cases(question.query(**question.of_days(*question.before)))
            if page.line.before.total
            else "",
            "charts": [
                each
                for each in (
                    trend_chart(page, question, to_cases),
                    groups_chart(page, question, to_cases),
                    values_chart(page, question, to_cases),
                )
                if each
            ],
            "has_traits": bool(traits_of(of)),
            "figure_links": figure_links(access, of, question.query()),
            "may_follow": access.has(IndicatorRight.KEEP),
            "exports": [(form.upper(), f"?{question.query(formato=form)}") for form in ("csv", "xlsx")],
        }
    return render(
        request, "indicators/workspace/figure.html", context, status=200 if form.is_valid() else 422
    )


@require_safe
@staff_page(StaffRight.FIGURES)
def things(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """List what lies behind a number, as many rows as it says; each a link for whoever may open it."""
    of, today = _metric(key), access.institution.local_date(current_time())
    form = QuestionForm(access.institution, of, request.GET, today=today)
    up = reverse("workspace:indicators:figure", args=[access.institution.slug, of.key])
    context: dict[str, Any] = {"form": form, "metric": of, "things": source(of.of.source).things, "up": up}
    if form.is_valid():
        question = form.question
        context["up"] = f"{up}?{question.query()}"
        window, within = question.window, question.within or 0
        said = measure(
            access.institution, of, [window.days], today=today, where=question.where, within=within
        )
        line = Compared(of, question.statistic, said.told(), said.told())
        offered = parts(line, question, _things_of(access, of))
        step = of_values(access.institution, line, question, request.GET.get("valor", ""), today=today)
        solo = request.GET.get("solo", "")
        chosen = step or next((each for each in offered if each.code == solo), offered[0])
        rows = things_behind(access.institution, of, *window.days, where=question.where, only=chosen.only)
        kept = [Filter(name) for name in (*form.fields, "solo", "valor")]
        listing = Asked.of(request, *kept).listing(rows, ("-pk",))
        context |= asked_words(access.institution, request.path, form)
        context |= {
            "line": line, "parts": offered, "chosen": chosen, "step": step, "listing": listing,
            "told": _told(access, of, listing.rows),
        }  # fmt: skip
    return render(
        request, "indicators/workspace/things.html", context, status=200 if form.is_valid() else 422
    )


def _told(access: Access, of: Metric, rows: list[Any]) -> list[tuple[Thing, range]]:
    """Return each row with the columns of which there is nothing to tell."""
    listed = source(of.of.source).things
    empty = len(listed.heads) - 1
    return [(each, range(empty - len(each.cells))) for each in listed.tell(access, rows)]


def _metric(key: str) -> Metric:
    try:
        return metric(key)
    except KeyError:
        raise Http404(key) from None


def _things_of(access: Access, of: Metric) -> Address:
    base = reverse("workspace:indicators:things", args=[access.institution.slug, of.key])
    return lambda query: f"{base}?{query}" if query else base
