# SPDX-License-Identifier: EUPL-1.2
"""The page of equal treatment: what differs between groups of people, and whether chance may be all of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.indicators.domain.differences import Verdict
from siac.indicators.domain.figures import Share
from siac.indicators.equity.comparing import Compared, Group, compare, traits_watched
from siac.indicators.equity.wording import VERDICTS, difference_words, finding, summary
from siac.indicators.figures.profiles import period_code, periods_over, years_over
from siac.indicators.figures.wording import of_words, value_words, window_name
from siac.infra.metrics import Statistic
from siac.infra.tables.download import table_response
from siac.organizations.public import Access, StaffRight, staff_page

COLUMNS = ("Cifra", "Grupo", "Valor", "De cuántas", "Frente a los demás", "Qué se puede decir")
HIDDEN = "Oculto"


@require_safe
@staff_page(StaffRight.FIGURES)
def equity(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Show how people were treated in a period by one trait, group beside group; or hand out that table."""
    institution, traits = access.institution, {each.address: each for each in traits_watched()}
    today = institution.local_date(current_time())
    periods = periods_over(today)
    period = periods.get(request.GET.get("en", ""), years_over(today)[0])
    trait = traits.get(request.GET.get("rasgo", ""), next(iter(traits.values())))
    found = compare(institution, trait, period, today=today)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        name = f"igualdad-{trait.address}-{period.first}-{period.end}"
        return table_response(COLUMNS, list(_rows(found)), form=wanted, name=name, title="Igualdad de trato")
    query = f"rasgo={trait.address}&en={period_code(period)}"
    context: dict[str, Any] = {
        "summary": summary(found, trait.title, window_name(period)),
        "trait": trait,
        "period": window_name(period),
        "traits": [(address, each.title, each is trait) for address, each in traits.items()],
        "periods": [(code, window_name(each), each == period) for code, each in periods.items()],
        "blocks": [
            (each, finding(each), _unsaid(each), list(_lines(each))) for each in found if each.is_compared
        ],
        "few": [each.metric for each in found if each.total and not each.is_compared],
        "silent": [each.metric for each in found if not each.total],
        "least": institution.smallest_group,
        "exports": [(form.upper(), f"?{query}&formato={form}") for form in ("csv", "xlsx")],
    }
    return render(request, "indicators/workspace/equity.html", context)


def _unsaid(compared: Compared) -> str:
    percent = Share(compared.total - compared.answered, compared.total).percent
    return str(percent).replace(".", ",")


def _lines(compared: Compared) -> Iterator[tuple[Group, Sequence[str], str]]:
    for group in compared.groups:
        mark = "beyond" if group.verdict is Verdict.BEYOND_CHANCE else ""
        yield group, _cells(group, compared.statistic), mark


def _cells(group: Group, statistic: Statistic) -> Sequence[str]:
    if group.told is None:
        return ()
    said = value_words(group.told, statistic), of_words(group.told, statistic)
    if group.verdict is None:
        return (*said, "", "")
    return (*said, difference_words(group, statistic), VERDICTS[group.verdict])


def _rows(found: Sequence[Compared]) -> Iterator[Sequence[str]]:
    for compared in found:
        for group in compared.groups:
            cells = _cells(group, compared.statistic) or (HIDDEN, "", "", "")
            yield compared.metric.title, group.name, *cells
