# SPDX-License-Identifier: EUPL-1.2
"""The five steps of the circle with their figures, each with the address of exactly the rows it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from siac.charters.public import Kept
from siac.indicators.public import Share, number_words
from siac.reporting.circle.reading import Chain, Circle


class Rows(StrEnum):
    """What the circle can list, by the code in its address."""

    SERVICES = "servicios"
    PROMISES = "compromisos"
    INDICATORS = "indicadores"
    MEASURED = "medidos"
    REACHED = "cumplen"
    MISSED = "no-cumplen"
    BREACHES = "incumplimientos"
    OWED = "medidas-por-entregar"
    DELIVERED = "medidas-entregadas"
    REFUSED = "medidas-sin-efecto"
    CLOSED = "registro"
    FINDINGS = "hallazgos"
    ACTIONS = "acciones"
    EFFECTS = "efectos"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the circle: what it counts, and the address of the rows (empty where there are none)."""

    number: str
    words: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the circle: what it is called, what it asks, and its figures."""

    code: str
    name: str
    asks: str
    figures: Sequence[Figure]
    is_empty: bool
    nothing: str


def counted(of: Circle, rows: Rows) -> int:
    """Return how many rows the circle has of a kind. No SQL."""
    return _COUNTS[rows](of)


def _became(of: Circle, told: Callable[[Kept], int]) -> int:
    return sum(told(each.kept) for each in of.chains)


_COUNTS: dict[Rows, Callable[[Circle], int]] = {
    Rows.SERVICES: lambda of: len(of.services),
    Rows.PROMISES: lambda of: len(of.chains),
    Rows.INDICATORS: lambda of: len(of.indicators),
    Rows.MEASURED: lambda of: len(of.measured),
    Rows.REACHED: lambda of: len(of.reached(True)),
    Rows.MISSED: lambda of: len(of.reached(False)),
    Rows.BREACHES: lambda of: _became(of, lambda kept: kept.became.breaches),
    Rows.OWED: lambda of: _became(of, lambda kept: kept.became.owed),
    Rows.DELIVERED: lambda of: _became(of, lambda kept: kept.became.delivered),
    Rows.REFUSED: lambda of: _became(of, lambda kept: kept.became.refused),
    Rows.CLOSED: lambda of: len(of.closed),
    Rows.FINDINGS: lambda of: len(of.findings),
    Rows.ACTIONS: lambda of: len(of.deeds),
    Rows.EFFECTS: lambda of: sum(deed.moved is not None for deed in of.deeds),
}


def rows_address(of: Circle, rows: Rows) -> str:
    """Return the address of the list of a kind of rows. No SQL."""
    chosen = f"?compromiso={of.chosen.pk}" if of.chosen else ""
    slug = of.access.institution.slug
    return f"{reverse('workspace:reporting:circle_rows', args=[slug, rows.value])}{chosen}"


def steps(of: Circle) -> list[Step]:
    """Return the five steps. No SQL."""

    def figure(rows: Rows, one: str, many: str, note: str = "") -> Figure:
        n = counted(of, rows)
        return Figure(number_words(n), one if n == 1 else many, rows_address(of, rows) if n else "", note)

    reached = counted(of, Rows.REACHED)
    done = sum(deed.action.done_on is not None for deed in of.deeds)
    better = sum(deed.moved is not None and deed.moved.colour == "green" for deed in of.deeds)
    return [
        Step(
            "definir", "Definir", "Qué prometemos y a quién.",
            [
                *_policy(of),
                figure(Rows.SERVICES, "servicio con compromiso", "servicios con compromiso"),
                figure(Rows.PROMISES, "compromiso vigente", "compromisos vigentes"),
                figure(Rows.INDICATORS, "indicador que lo mide", "indicadores que los miden"),
            ],
            not of.chains, "Todavía no hay una carta vigente: ahí empieza el círculo.",
        ),
        Step(
            "aplicar", "Aplicar", "Qué pasó en cada solicitud y atención.",
            [
                *_cases(of), figure(Rows.MEASURED, "compromiso con datos", "compromisos con datos",
                "" if of.chosen else _total(of.chains)),
            ],
            not of.measured, "Todavía no hay casos contados.",
        ),
        Step(
            "informar", "Informar", "Qué le contamos a todos.",
            [figure(Rows.CLOSED, "compromiso en el registro público", "compromisos en el registro público",
                    "con su último período cerrado")],
            not of.closed, "Todavía no se ha cerrado ningún período.",
        ),
        Step(
            "evaluar", "Evaluar", "Qué se cumplió, qué no y por qué.",
            [
                Figure(number_words(reached), "llega a su meta" if reached == 1 else "llegan a su meta",
                       rows_address(of, Rows.REACHED) if reached else ""),
                figure(Rows.MISSED, "no llega a su meta", "no llegan a su meta"),
                figure(Rows.BREACHES, "incumplimiento", "incumplimientos"),
                figure(Rows.FINDINGS, "hallazgo", "hallazgos"),
            ],
            not of.measured, "Sin datos no hay qué evaluar.",
        ),
        Step(
            "retroalimentar", "Retroalimentar", "Qué se reparó, qué se mejoró y si el indicador cambió.",
            [
                figure(Rows.DELIVERED, "medida entregada", "medidas entregadas"),
                figure(Rows.OWED, "medida por entregar", "medidas por entregar"),
                figure(Rows.REFUSED, "medida que no procedía", "medidas que no procedían"),
                figure(Rows.ACTIONS, "acción de mejora", "acciones de mejora",
                       f"{done} hechas" if done else ""),
                figure(Rows.EFFECTS, "acción con el efecto medido", "acciones con el efecto medido",
                       f"{better} mejoró" if better == 1 else f"{better} mejoraron" if better else ""),
            ],
            not (of.deeds or counted(of, Rows.DELIVERED)), "Todavía no se ha reparado ni mejorado nada.",
        ),
    ]  # fmt: skip


def _policy(of: Circle) -> list[Figure]:
    if of.policy is None:
        return []
    page = reverse("workspace:policy:edition", args=[of.access.institution.slug, of.policy.number])
    return [Figure(f"Edición {of.policy.number}", "de la política de calidad, vigente", page)]


def _cases(of: Circle) -> list[Figure]:
    """Return the cases behind the one promise that is chosen; those of all are told promise by promise."""
    if of.chosen is None:
        return []
    [chain] = of.chains
    standing, page = chain.kept.standing, things_address(of, chain)
    words = "de su último resultado"
    if standing.is_guarantee:
        words = "solicitudes o atenciones cumplieron"
    return [Figure(standing.of_words or standing.value_words, words, page if chain.is_measured else "")]


def things_address(of: Circle, chain: Chain) -> str:
    """Return the address of the cases that the figure of a promise counts, or of its indicator. No SQL."""
    slug, standing = of.access.institution.slug, chain.kept.standing
    if standing.is_guarantee:
        return reverse("workspace:charters:cases", args=[slug, chain.promise.pk])
    if chain.indicator is None:
        return ""
    return reverse("workspace:indicators:indicator", args=[slug, chain.indicator.pk])


def total(chains: Sequence[Chain]) -> Share:
    """Return how many cases kept what they were promised, of all chains together; one that was promised two
    things counts twice. No SQL.
    """
    shares = [each.kept.standing.share for each in chains if each.kept.standing.is_guarantee]
    return Share(sum(each.met for each in shares), sum(each.total for each in shares))


def _total(chains: Sequence[Chain]) -> str:
    share = total(chains)
    if not share.total:
        return ""
    return f"{number_words(share.met)} de {number_words(share.total)} veces se cumplió con la persona"


def middle(of: Circle) -> tuple[str, str]:
    """Return what stands in the middle of the ring: a figure and what it says. No SQL."""
    if of.chosen is not None:
        return of.chains[0].kept.standing.value_words, "cumplido"
    if not of.measured:
        return "—", "sin datos"
    return f"{counted(of, Rows.REACHED)} de {len(of.measured)}", "llegan a su meta"
