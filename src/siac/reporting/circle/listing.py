# SPDX-License-Identifier: EUPL-1.2
"""The rows behind each number of the circle, each a link to its page and to the chain it is part of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from siac.charters.public import Breach, Commitment, breach_subjects, breaches_among, lineage
from siac.findings.public import StateLabel
from siac.indicators.public import number_words, period_words
from siac.organizations.public import Access
from siac.reporting.circle.cards import Rows, things_address
from siac.reporting.circle.reading import Chain, Circle
from siac.ui.public import long_date
from siac.ui.records import Row


@dataclass(frozen=True, slots=True)
class Table:
    """A list of the circle: its heading, columns and rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


BROKEN = {Rows.BREACHES: "", Rows.OWED: "owed", Rows.DELIVERED: "delivered", Rows.REFUSED: "refused"}
"""Lists of breaches, which may be many: they are read page by page."""
_TITLES = {
    Rows.SERVICES: "Servicios con compromiso", Rows.PROMISES: "Compromisos vigentes",
    Rows.INDICATORS: "Indicadores de los compromisos", Rows.MEASURED: "Compromisos con datos",
    Rows.REACHED: "Compromisos que llegan a su meta", Rows.MISSED: "Compromisos que no llegan a su meta",
    Rows.BREACHES: "Incumplimientos", Rows.OWED: "Medidas por entregar",
    Rows.DELIVERED: "Medidas entregadas", Rows.REFUSED: "Medidas que no procedían",
    Rows.CLOSED: "Último período cerrado de cada compromiso", Rows.FINDINGS: "Hallazgos sobre compromisos",
    Rows.ACTIONS: "Acciones de mejora", Rows.EFFECTS: "El mismo indicador, antes y después",
}  # fmt: skip


def table(of: Circle, rows: Rows) -> Table:
    """Return a list of the circle that is not of breaches. No SQL."""
    columns, made = _TABLES[rows]
    return Table(_TITLES[rows], columns, made(of))


@dataclass(frozen=True, slots=True)
class Broken:
    """The breaches that a number of the circle counts: of which promises, in which local days, what became
    of them. They are read without the rest of the circle.
    """

    access: Access
    promises: Sequence[Commitment]
    first: date
    last: date
    rows: Rows

    @property
    def found(self) -> QuerySet[Breach]:
        """The breaches. Lazy: no SQL until it is read."""
        return breaches_among(
            self.access.institution, self.promises, first=self.first, last=self.last,
            became=BROKEN[self.rows],
        )  # fmt: skip

    def table(self, shown: Sequence[Breach]) -> Table:
        """Return a page of them, each with that on which the promise was not kept (2 SQL)."""
        told, slug = breach_subjects(self.access, shown), self.access.institution.slug
        now = {lineage(each): each for each in self.promises}
        lines = [
            Row(
                (
                    told[row.pk].name, row.commitment.text, long_date(row.due_on),
                    row.owed.text if row.owed else "Sin medida", row.owed.told if row.owed else "—",
                    _to_chain(slug, now[lineage(row.commitment)]),
                ),
                told[row.pk].url,
            )
            for row in shown
        ]  # fmt: skip
        columns = ("En qué", "Compromiso", "Vencía", "Medida", "Estado", "El círculo")
        return Table(_TITLES[self.rows], columns, lines)


def _page(of: Circle, name: str, *args: object) -> str:
    return reverse(name, args=[of.access.institution.slug, *args])


def _chain_link(of: Circle, chain: Chain | None) -> str:
    return _to_chain(of.access.institution.slug, chain.promise) if chain else "—"


def _to_chain(slug: str, promise: Commitment) -> str:
    page = f"{reverse('workspace:reporting:circle', args=[slug])}?compromiso={promise.pk}"
    return format_html(
        '<a class="govuk-link" href="{}">Su cadena<span class="govuk-visually-hidden">: {}</span></a>',
        page, promise.text,
    )  # fmt: skip


def _services(of: Circle) -> list[Row]:
    return [
        Row(
            (row.name, str(sum(each.service == row for each in of.chains))),
            _page(of, "workspace:catalogue:service", row.pk),
        )
        for row in of.services
    ]


def _promised(of: Circle, chains: Sequence[Chain]) -> list[Row]:
    return [
        Row(
            (
                each.promise.text, each.kept.standing.value_words, each.kept.standing.of_words or "—",
                each.kept.standing.target_words,
                {True: "Llega", False: "No llega", None: "Sin datos"}[each.kept.standing.reached],
                _chain_link(of, each),
            ),
            things_address(of, each),
        )
        for each in chains
    ]  # fmt: skip


def _promises(of: Circle) -> list[Row]:
    return [
        Row(
            (
                each.promise.text, each.promise.edition.charter.title,
                each.service.name if each.service else "—", _chain_link(of, each),
            ),
            _page(of, "workspace:charters:charter", each.promise.edition.charter_id),
        )
        for each in of.chains
    ]  # fmt: skip


def _indicators(of: Circle) -> list[Row]:
    return [
        Row(
            (row.name, str(sum(each.promise.indicator_id == row.pk for each in of.chains))),
            _page(of, "workspace:indicators:indicator", row.pk),
        )
        for row in of.indicators
    ]


def _closed(of: Circle) -> list[Row]:
    rows = []
    for each in of.closed:
        if (last := each.kept.closed) is not None:
            period = period_words(each.promise.moment, last.first)
            cells = (
                each.promise.text, f"{period[:1].upper()}{period[1:]}", last.words, last.of_words or "—",
                last.target_words, _chain_link(of, each),
            )  # fmt: skip
            rows.append(Row(cells, _page(of, "workspace:charters:register", last.charter_id)))
    return rows


def _findings(of: Circle) -> list[Row]:
    rows = []
    for row in of.findings:
        chain = next((each for each in of.chains if row in each.findings), None)
        cells = (
            row.code, row.title, StateLabel(row.state).label, long_date(row.due_on) if row.due_on else "—",
            _chain_link(of, chain),
        )  # fmt: skip
        rows.append(Row(cells, _page(of, "workspace:findings:finding", row.pk)))
    return rows


def _actions(of: Circle) -> list[Row]:
    return [
        Row(
            (
                deed.action.title, deed.action.plan.name, deed.action.get_state_display(),
                f"{number_words(deed.action.progress)} %", long_date(deed.action.due_on),
                _chain_link(of, next((each for each in of.chains if deed in each.deeds), None)),
            ),
            _page(of, "workspace:improvement:action", deed.action.pk),
        )
        for deed in of.deeds
    ]  # fmt: skip


def _effects(of: Circle) -> list[Row]:
    return [
        Row(
            (
                deed.action.title, deed.moved.indicator,
                f"{deed.moved.before} (de {deed.moved.before_total})",
                f"{deed.moved.after} (de {deed.moved.total})", deed.moved.word,
                _chain_link(of, next((each for each in of.chains if deed in each.deeds), None)),
            ),
            _page(of, "workspace:improvement:action", deed.action.pk),
        )
        for deed in of.deeds
        if deed.moved is not None
    ]  # fmt: skip


_FIGURES = ("Compromiso", "Cumplimiento", "De cuántas", "Meta", "¿Llega?", "El círculo")
_TABLES: dict[Rows, tuple[Sequence[str], Callable[[Circle], list[Row]]]] = {
    Rows.SERVICES: (("Servicio", "Compromisos"), _services),
    Rows.PROMISES: (("Compromiso", "Carta", "Servicio", "El círculo"), _promises),
    Rows.INDICATORS: (("Indicador", "Compromisos que mide"), _indicators),
    Rows.MEASURED: (_FIGURES, lambda of: _promised(of, of.measured)),
    Rows.REACHED: (_FIGURES, lambda of: _promised(of, of.reached(True))),
    Rows.MISSED: (_FIGURES, lambda of: _promised(of, of.reached(False))),
    Rows.CLOSED: (
        ("Compromiso", "Período", "Resultado", "De cuántas", "Meta", "El círculo"), _closed,
    ),
    Rows.FINDINGS: (("Hallazgo", "Qué se encontró", "Estado", "Plazo", "El círculo"), _findings),
    Rows.ACTIONS: (("Acción", "Plan", "Estado", "Avance", "Plazo", "El círculo"), _actions),
    Rows.EFFECTS: (("Acción", "Indicador", "Antes", "Después", "Qué se ve", "El círculo"), _effects),
}  # fmt: skip
