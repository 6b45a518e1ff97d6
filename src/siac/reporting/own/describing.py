# SPDX-License-Identifier: EUPL-1.2
"""What the sections of a report ask, held against what can be asked, and said in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from siac.indicators.public import Length, NamesOf, QuestionForm, Window, containing, statistic_words
from siac.infra.metrics import Metric, metric, source
from siac.organizations.public import Institution
from siac.reporting.domain.own import SectionKind, Shown, asked_of

SHOWN = {Shown.MONTHS: "Mes a mes", Shown.GROUPS: "Por grupos", Shown.NUMBER: "Solo la cifra"}
KINDS = {SectionKind.FIGURE: "Cifra", SectionKind.INDICATOR: "Indicador", SectionKind.WORDS: "Texto"}
GONE = "Esta cifra ya no existe, o ya no se puede pedir así."


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure of a section, with the form that asked for it and is valid."""

    metric: Metric
    form: QuestionForm


def last_over(every: str, *, today: date) -> Window:
    """Return the last month, quarter or year that is over."""
    return containing(Length(every), today, today=today).moved(-1, today=today)


def asked_in(
    institution: Institution,
    key: str,
    said: Mapping[str, str],
    window: Window,
    *,
    today: date,
    names: NamesOf | None = None,
) -> Asked | None:
    """Return what a figure is asked of a period; None where no such figure is there, or cannot be asked so
    (1 SQL for each of its dimensions, once for all who share `names`).
    """
    try:
        of = metric(key)
    except KeyError:
        return None
    period = {"periodo": window.length.value, "en": window.first.isoformat()}
    form = QuestionForm(institution, of, {**said, **period}, today=today, names=names)
    known = set(said) <= set(form.fields) and form.is_valid()
    return Asked(of, form) if known else None


def kept_of(
    institution: Institution, key: str, typed: str, *, today: date, names: NamesOf | None = None
) -> dict[str, str] | None:
    """Return what a section keeps of the address of a figure: names and values, without the period and what
    goes without saying; None where it cannot be asked so (SQL as `asked_in`).
    """
    try:
        said = asked_of(typed)
    except ValueError:
        return None
    window = last_over(Length.MONTH, today=today)
    asked = asked_in(institution, key, said, window, today=today, names=names)
    if asked is None:
        return None
    by = {"por": said["por"]} if "por" in said else {}  # said, it stays what it is
    return {**by, **asked_of(asked.form.question.query())}


def words_of(asked: Asked, shown: str) -> str:
    """Return what a figure tells, in words: «Mediana, por unidad, solo de Canal: Web». No SQL."""
    question = asked.form.question
    said = [statistic_words(asked.metric.unit, question.statistic, question.within)]
    if shown == Shown.GROUPS and question.by:
        said.append(f"por {source(asked.metric.of.source).dimension(question.by).title.lower()}")
    if shown == Shown.MONTHS:
        said.append("año a año" if asked.metric.is_yearly else "mes a mes")
    cut = [f"{title}: {name}" for _, title, name in asked.form.cut]
    if cut:
        said.append(f"solo de {', '.join(cut)}")
    words = ", ".join(each for each in said if each)
    return f"{words[0].upper()}{words[1:]}" if words else ""


def heading_of(section: Mapping[str, Any], indicators: Mapping[int, str]) -> str:
    """Return what stands above a section: its title, or the name of what it tells. No SQL."""
    if section["title"]:
        return str(section["title"])
    if section["kind"] == SectionKind.INDICATOR:
        return indicators.get(section["indicator"], "Indicador")
    if section["kind"] == SectionKind.WORDS:
        return ""
    try:
        return metric(section["metric"]).title
    except KeyError:
        return str(section["metric"])


def section_words(section: Mapping[str, Any], indicators: Mapping[int, str]) -> str:
    """Return a section in a line, as the history of a report tells it. No SQL."""
    kind = KINDS[SectionKind(section["kind"])]
    if section["kind"] == SectionKind.WORDS:
        return f"{kind}: {section['title'] or section['text'][:60]}"
    said = f"{kind}: {heading_of(section, indicators)}"
    if section["kind"] == SectionKind.FIGURE:
        asked = ", ".join(f"{name}={value}" for name, value in section["asked"].items())
        said += f" ({SHOWN[Shown(section['shown'])].lower()}{f'; {asked}' if asked else ''})"
    return said
