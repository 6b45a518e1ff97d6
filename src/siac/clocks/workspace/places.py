# SPDX-License-Identifier: EUPL-1.2
"""What another place of a body or unit would move, drawn for the forms that change places."""

from django.template.loader import render_to_string

from siac.clocks.commands.moves import preview_place
from siac.clocks.domain.registry import may_open
from siac.clocks.queries.changes import preview_of
from siac.organizations.public import Access

SHOWN = 50


def draw_place_preview(access: Access, unit_id: int | None, before: str, after: str) -> str:
    """Return, drawn, how many running terms another place moves, and the first fifty
    from day to day; empty where none moves.
    """
    news = preview_place(access.institution.pk, unit_id, before, after)
    if not news:
        return ""
    preview = preview_of(news, access.institution.pk, sample=SHOWN)
    context = {"preview": preview, "may_open": may_open(access), "institution": access.institution}
    return render_to_string("clocks/workspace/_preview.html", context)
