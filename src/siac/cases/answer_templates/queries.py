# SPDX-License-Identifier: EUPL-1.2
"""Which templates somebody may use and change, and what one becomes for a case."""

from datetime import datetime

from siac.cases.access import unit_of
from siac.cases.domain.variables import fill
from siac.cases.models import AnswerTemplate, Case
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Access, Institution, StaffRight, unit_tree
from siac.people.public import PersonData
from siac.ui.public import long_date


def _load(institution_id: int) -> dict[int, AnswerTemplate]:
    rows = AnswerTemplate.objects.filter(institution_id=institution_id).order_by("title", "pk")
    return {row.pk: row for row in rows}


_TEMPLATES: ConfigCache[dict[int, AnswerTemplate]] = ConfigCache(_load)


def templates(institution: Institution) -> dict[int, AnswerTemplate]:
    """Return all templates of a body by primary key, by title; no SQL when warm."""
    return _TEMPLATES.get(institution)


def templates_for(access: Access, case: Case) -> list[AnswerTemplate]:
    """Return what this user may begin the answer to `case` with: their own,
    those of its unit and above, the body's.

    No SQL when warm.
    """
    tree = unit_tree(access.institution)
    return [
        row
        for row in templates(access.institution).values()
        if row.is_active
        and row.owner_id in (None, access.user.pk)
        and (row.unit_id is None or case.unit_id in tree.below(row.unit_id))
    ]


def editable_scopes(access: Access) -> list[tuple[str, str]]:
    """Return for whom this user may write templates, as options: "own", "unit:12", "body".

    No SQL when warm.
    """
    found = [("own", "Solo para mí")]
    units = access.units_with(StaffRight.TEAM) if access.has(StaffRight.TEAM) else frozenset()
    for depth, node in unit_tree(access.institution).outline():
        if node.is_active and (units is None or node.pk in units):
            found.append((f"unit:{node.pk}", "\u2014 " * depth + node.name))
    if units is None:
        found.append(("body", "Todo el organismo"))
    return found


def scope_of(template: AnswerTemplate) -> str:
    """Return for whom a template is, as `editable_scopes` names it. No SQL."""
    if template.owner_id is not None:
        return "own"
    return f"unit:{template.unit_id}" if template.unit_id is not None else "body"


def editable_templates(access: Access) -> list[AnswerTemplate]:
    """Return the templates that this user may change, by title; nobody sees another person's own.

    No SQL when warm.
    """
    scopes = {code for code, _ in editable_scopes(access)}
    return [
        row
        for row in templates(access.institution).values()
        if scope_of(row) in scopes and row.owner_id in (None, access.user.pk)
    ]


def filled(
    template: AnswerTemplate, access: Access, case: Case, person: PersonData | None, *, now: datetime
) -> str:
    """Return the text of a template for `case`; a variable without a value stays in its braces.

    No SQL when warm.
    """
    institution = access.institution
    unit = unit_of(institution, case)
    values = {
        "nombre": person.display_name if person else "",
        "folio": case.folio,
        "asunto": case.text.subject,
        "vence": long_date(case.legal_due_on) if case.legal_due_on and case.is_open else "",
        "unidad": unit.name if unit else "",
        "fecha": long_date(institution.local_date(now)),
        "organismo": institution.name,
    }
    return fill(template.body, values)
