# SPDX-License-Identifier: EUPL-1.2
"""What this context itself offers to see the progress of lines of action by: charters, indicators, surveys,
findings and what councils agreed.
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from siac.charters.public import CharterRight, closed_periods, commitments_in_force
from siac.findings.public import FindingRight, StateLabel, visible_findings
from siac.governance.public import (
    AGREEMENT_STATES,
    AgreementState,
    CouncilRight,
    agreements,
    published_agreements,
)
from siac.indicators.public import (
    Indicator,
    IndicatorResult,
    followed,
    latest_results,
    period_words,
    stands,
    value_of,
)
from siac.indicators.public import Standing as IndicatorStanding
from siac.organizations.public import StaffRight
from siac.policy.progress import Asking, Progress, ProgressSource
from siac.surveys.public import SurveyRight, surveys, waves_since
from siac.ui.public import long_date

_OFFERED = 200
"""Findings and agreements that are offered: the newest."""
_STANDS = {
    IndicatorStanding.REACHED: "en meta",
    IndicatorStanding.NEAR: "cerca de la meta",
    IndicatorStanding.MISSED: "bajo la meta",
    IndicatorStanding.UNKNOWN: "sin meta que comparar",
}


def _charters_offered(asking: Asking) -> Mapping[int, str]:
    found = {
        each.edition.charter_id: each.edition.charter.title
        for each in commitments_in_force(asking.institution, asking.today)
    }
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _charters_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return how many promises of each charter are in force, and how many were kept in their last closed
    period (2 SQL when warm).
    """
    found: dict[int, list[str]] = {}
    named: dict[int, tuple[str, str]] = {}
    for each in commitments_in_force(asking.institution, asking.today):
        charter = each.edition.charter
        found.setdefault(charter.pk, []).append(each.text)
        named[charter.pk] = (charter.title, charter.code)
    kept: dict[int, list[bool]] = {}
    for period in closed_periods(asking.institution, charters=list(numbers), newest=1):
        if period.is_reached is not None:
            kept.setdefault(period.result.charter_id, []).append(period.is_reached)
    told = {}
    for pk in numbers:
        if pk not in found:
            continue
        title, code = named[pk]
        count = len(found[pk])
        words = f"{count} compromisos vigentes" if count != 1 else "1 compromiso vigente"
        if pk in kept:
            words += f"; en su último período se cumplieron {sum(kept[pk])} de {len(kept[pk])}"
        slug, access = asking.institution.slug, asking.access
        url = reverse("portal:charters:register", args=[slug, code])
        if access is not None and access.has(CharterRight.READ):
            url = reverse("workspace:charters:charter", args=[slug, pk])
        told[pk] = Progress(f"Carta: {title}", words, url)
    return told


def _indicators_offered(asking: Asking) -> Mapping[int, str]:
    return {row.pk: row.name for row in followed(asking.institution)}


def _indicators_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return the latest result of each indicator, for the house (2 SQL)."""
    access = asking.access
    if access is None or not access.has(StaffRight.FIGURES):
        return {}
    rows = list(followed(asking.institution).filter(pk__in=numbers))
    latest: dict[int, IndicatorResult] = {}
    for result in latest_results(asking.institution, rows):
        latest.setdefault(result.indicator_id, result)
    told = {}
    for row in rows:
        words = _result_words(row, latest[row.pk]) if row.pk in latest else "Todavía sin resultados"
        url = reverse("workspace:indicators:indicator", args=[asking.institution.slug, row.pk])
        told[row.pk] = Progress(f"Indicador: {row.name}", words, url)
    return told


def _result_words(row: Indicator, result: IndicatorResult) -> str:
    period, value = period_words(row.frequency, result.first), value_of(row, result.value)
    words = f"{value} en {period}: {_STANDS[stands(row, result.value, result.target)]}"
    return words if result.target is None else f"{words} ({value_of(row, result.target)})"


def _surveys_offered(asking: Asking) -> Mapping[int, str]:
    return {pk: row.name for pk, row in surveys(asking.institution).items()}


def _surveys_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return how often each survey was measured this year, for the house (1 SQL when warm)."""
    access = asking.access
    if access is None or not access.has(SurveyRight.READ):
        return {}
    begun = asking.today.replace(month=1, day=1)
    waves: dict[int, list[str]] = {}
    for wave in waves_since(asking.institution, begun):
        waves.setdefault(wave.survey_id, []).append(long_date(wave.drawn_on))
    told = {}
    for pk, row in surveys(asking.institution).items():
        if pk in numbers:
            drawn = waves.get(pk, [])
            state = "recibe respuestas" if row.is_active else "cerrada"
            words = f"{len(drawn)} mediciones este año, la última del {drawn[0]}" if drawn else ""
            words = words.replace("1 mediciones", "1 medición") if len(drawn) == 1 else words
            url = reverse("workspace:surveys:survey", args=[asking.institution.slug, pk])
            told[pk] = Progress(f"Encuesta: {row.name}", words or f"Sin mediciones este año; {state}", url)
    return told


def _findings_offered(asking: Asking) -> Mapping[int, str]:
    if asking.access is None:
        return {}
    rows = visible_findings(asking.access).order_by("-pk")[:_OFFERED]
    return {row.pk: f"{row.code} {row.title}" for row in rows}


def _findings_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return how each finding stands, for who may see it (1 SQL)."""
    access = asking.access
    if access is None or not access.has(FindingRight.READ):
        return {}
    told = {}
    for row in visible_findings(access).filter(pk__in=numbers):
        until = f", para el {long_date(row.due_on)}" if row.due_on else ""
        url = reverse("workspace:findings:finding", args=[asking.institution.slug, row.pk])
        words = f"{StateLabel(row.state).label}{until}"
        told[row.pk] = Progress(f"Hallazgo {row.code}: {row.title}", words, url)
    return told


def _agreements_offered(asking: Asking) -> Mapping[int, str]:
    if asking.access is None:
        return {}
    rows = agreements(asking.access).order_by("-agreed_at", "-pk")[:_OFFERED]
    return {row.pk: f"{row.text} ({row.item.sitting.council.name})" for row in rows}


def _agreements_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return what became of each agreement: for everybody of those that are published (1 SQL)."""
    access, slug = asking.access, asking.institution.slug
    rows = agreements(access) if access else published_agreements(asking.institution)
    url = reverse(f"{'workspace' if access else 'portal'}:governance:agreements", args=[slug])
    may_open = access is None or access.has(CouncilRight.READ)
    told = {}
    for row in rows.filter(pk__in=numbers):
        state = AGREEMENT_STATES[AgreementState(row.state)]
        due_on = row.due_on if row.state == AgreementState.OPEN else None
        until = f", para el {long_date(due_on)}" if due_on else ""
        name = f"Acuerdo de {row.item.sitting.council.name}: {row.text}"
        told[row.pk] = Progress(name, f"{state}{until}", url if may_open else "")
    return told


SOURCES = (
    ProgressSource("charter", "Cartas de servicios", _charters_offered, _charters_told),
    ProgressSource("indicator", "Indicadores", _indicators_offered, _indicators_told),
    ProgressSource("survey", "Encuestas", _surveys_offered, _surveys_told),
    ProgressSource("finding", "Hallazgos", _findings_offered, _findings_told),
    ProgressSource("agreement", "Acuerdos de órganos", _agreements_offered, _agreements_told),
)
"""What is registered from here."""
