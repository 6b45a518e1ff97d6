# SPDX-License-Identifier: EUPL-1.2
"""A starter kit as an administrator reads it before choosing: what each part
would become, and what the body has already.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from siac.cases.models import AudienceLabel, Erases, Nature
from siac.cases.starter.adopting import rule_in_force
from siac.cases.starter.kits import BodyType, Kit, Part, Sort
from siac.clocks.public import Step, book_for, parse_ladder, rule_text
from siac.organizations.public import Institution

SORT_NAMES = {
    Sort.UNIT: "Unidades",
    Sort.TOPIC: "Temas",
    Sort.CAUSE: "Causas de reclamos",
    Sort.KIND: "Tipos de solicitud",
    Sort.TEMPLATE: "Plantillas de respuesta",
    Sort.ROUTING: "Reglas de derivación",
}
BODY_NAMES = {
    BodyType.MUNICIPALITY: "Municipalidad o ayuntamiento",
    BodyType.SERVICE: "Servicio u otro organismo",
}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part: `lines` say what it would become, `brings` names what comes along and is not there yet."""

    key: str
    title: str
    lines: list[str]
    brings: list[str]
    is_there: bool


def shown_kit(
    institution: Institution, kit: Kit, there: Container[str], now: datetime
) -> list[tuple[Sort, list[ShownPart]]]:
    """Return the parts of a kit by sort, in order (no SQL when warm)."""
    titles = {part.key: part.title for part in kit.parts}
    found: dict[Sort, list[ShownPart]] = {sort: [] for sort in Sort}
    for part in kit.parts:
        brings = [titles[key] for key in part.needs if key not in there]
        shown = ShownPart(
            part.key, part.title, _lines(institution, part, titles, now), brings, part.key in there
        )
        found[part.sort].append(shown)
    return [(sort, parts) for sort, parts in found.items() if parts]


def _lines(institution: Institution, part: Part, titles: dict[str, str], now: datetime) -> list[str]:
    fields = part.fields
    if part.sort is Sort.KIND:
        return _kind_lines(institution, part, now)
    if part.sort is Sort.TEMPLATE:
        return [line for line in str(fields["body"]).splitlines() if line.strip()]
    if part.sort is Sort.ROUTING:
        kinds = ", ".join(titles[f"{Sort.KIND.value}:{code}"] for code in fields.get("kinds", ()))
        words = ", ".join(f"«{word}»" for word in fields.get("words", ()))
        unit = titles[f"{Sort.UNIT.value}:{fields['set_unit']}"]
        return [f"Si dice {words} y es: {kinds}.", f"Deriva a {unit}."]
    above = fields.get("parent") or fields.get("unit")
    words = "Depende de" if part.sort is Sort.UNIT else "Lo responde"
    return [f"{words}: {titles[f'{Sort.UNIT.value}:{above}']}."] if above else []


def _kind_lines(institution: Institution, part: Part, now: datetime) -> list[str]:
    fields = part.fields
    rule = book_for(institution).in_force(rule_in_force(institution, part, now), institution.local_date(now))
    lines = [Nature(fields["nature"]).label, f"Plazo: {rule_text(rule)}."]
    if fields.get("standard_days"):
        lines.append(f"Se promete en {fields['standard_days']} días hábiles.")
    if fields.get("questions"):
        lines.append("Pregunta: " + " ".join(row["label"] for row in fields["questions"]))
    if fields.get("is_restricted"):
        lines.append("Reservada: solo la leen personas autorizadas.")
    if fields.get("ladder"):
        lines.append("Avisos: " + _ladder(parse_ladder(fields["ladder"])))
    if fields.get("retention_months"):
        erased = ", ".join(Erases(code).label.lower() for code in fields["retention_erases"])
        lines.append(f"A los {fields['retention_months']} meses del cierre se propone borrar: {erased}.")
    return lines


def _ladder(steps: Iterable[Step]) -> str:
    def when(offset: int) -> str:
        if offset == 0:
            return "el último día"
        return f"{abs(offset)} día{'s' if abs(offset) > 1 else ''} {'antes' if offset < 0 else 'después'}"

    return "; ".join(f"{when(step.offset)}, a {AudienceLabel(step.to).label.lower()}" for step in steps) + "."
