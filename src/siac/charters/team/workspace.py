# SPDX-License-Identifier: EUPL-1.2
"""The staff's page on which the team of a charter is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.charters.commands.team import save_team
from siac.charters.domain.rights import CharterRight
from siac.charters.editor.reading import charter_of
from siac.charters.team.forms import TeamForm
from siac.charters.team.queries import team_of, team_words
from siac.organizations.public import Access, history, overtaken, staff_page
from siac.ui.records import record_form


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def team(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Write the decision, lead, team, mandate and training of a charter; its saves stand below."""
    charter = charter_of(access, charter_id)
    row = team_of(charter)
    form = TeamForm(charter, row, request.POST or None)
    back = f"{reverse('workspace:charters:charter', args=[access.institution.slug, charter.pk])}#equipo"

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_team(
            institution=access.institution, charter_id=charter.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Equipo guardado.")
        return redirect(back)

    words = team_words()
    return record_form(
        request, form, save, title="Decisión y equipo", back_url=back,
        versions=history(row, words) if row else (),
        overtaken=lambda refused: overtaken(form, refused, row, words) if row else [],
    )  # fmt: skip
