# SPDX-License-Identifier: EUPL-1.2
"""The people of the house as a list that a wave is drawn from."""

from siac.organizations.public import Institution, roles_held, unit_tree
from siac.surveys.commands.lists import Listed

WHOLE = "Sin unidad"
"""The part of those who work for the body as a whole."""


def staff_of(institution: Institution, unit_id: int | None = None) -> Listed:
    """Return the active people of a body, of one unit and those below it or of all, in parts by the unit that
    they work in; who works in several is of the one where they began (1 SQL).
    """
    tree = unit_tree(institution)
    within = tree.below(unit_id) if unit_id is not None else None
    part_of: dict[int, str] = {}
    for _, unit, user in roles_held(institution.pk):
        if within is not None and unit not in within:
            continue
        name = tree.nodes[unit].name if unit is not None else WHOLE
        if part_of.get(user, WHOLE) == WHOLE:
            part_of[user] = name
    where = tree.nodes[unit_id].name if unit_id is not None else "toda la institución"
    return Listed(sorted(part_of), f"Personal de {where}", part_of)
