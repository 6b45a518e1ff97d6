# SPDX-License-Identifier: EUPL-1.2
"""What a sheet lacks to be complete: what keeps it from being published, and what is still worth saying."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


class Told(Protocol):
    """What is asked of a sheet, published or not."""

    summary: str
    entitled: str
    requirements: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    channels: list[dict[str, Any]]
    fee: int | None
    cost: str
    legal: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    amount: int | None
    starts_at: str
    ends_at: str
    responsible_id: int | None
    in_charge: str
    topic_id: int | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a sheet does not say: the field of its form, and what to do."""

    field: str
    words: str
    is_required: bool
    """It is not published without it."""


_Lacks = Callable[[Told, date], bool]
_RULES: tuple[tuple[str, str, bool, _Lacks], ...] = (
    ("summary", "Decir qué es", True, lambda of, today: not of.summary.strip()),
    ("steps", "Escribir los pasos", True, lambda of, today: not of.steps),
    ("channels", "Decir por dónde se pide", True, lambda of, today: not of.channels),
    ("fee_unit", "Decir cuánto cuesta", True, lambda of, today: of.fee is None and not of.cost.strip()),
    ("responsible_id", "Decir qué unidad responde", True, lambda of, today: of.responsible_id is None),
    ("review_on", "Decir cuándo se revisa", True, lambda of, today: of.review_on is None),
    (
        "review_on", "Poner un día de revisión que no haya pasado", True,
        lambda of, today: of.review_on is not None and of.review_on <= today,
    ),
    ("entitled", "Decir quién puede", False, lambda of, today: not of.entitled.strip()),
    ("requirements", "Decir qué se necesita", False, lambda of, today: not of.requirements),
    (
        "channels", "Decir qué se hace en cada vía", False,
        lambda of, today: any(not (row.get("how") or row.get("url")) for row in of.channels),
    ),
    ("legal", "Poner la base legal", False, lambda of, today: not of.legal),
    ("amount", "Comprometer un plazo", False, lambda of, today: of.amount is None),
    (
        "starts_at", "Decir desde y hasta qué momento se cuenta el plazo", False,
        lambda of, today: of.amount is not None and not (of.starts_at and of.ends_at),
    ),
    ("questions", "Responder preguntas frecuentes", False, lambda of, today: not of.questions),
    ("in_charge", "Decir qué cargo responde", False, lambda of, today: not of.in_charge),
    ("topic_id", "Elegir el tema de sus solicitudes", False, lambda of, today: of.topic_id is None),
)  # fmt: skip


def gaps_of(sheet: Told, today: date) -> list[Gap]:
    """Return what a sheet lacks on a local day, in the order of its form: first what keeps it from being
    published. Pure.
    """
    return [Gap(field, words, required) for field, words, required, lacks in _RULES if lacks(sheet, today)]


def blocking(sheet: Told, today: date) -> list[Gap]:
    """Return what keeps a sheet from being published on a local day."""
    return [gap for gap in gaps_of(sheet, today) if gap.is_required]
