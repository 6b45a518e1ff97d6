# SPDX-License-Identifier: EUPL-1.2
"""Finding a person to give them a copy of everything held about them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import ask_again, asks_again
from siac.cases.access import people_hidden_from
from siac.cases.domain.rights import CaseRight
from siac.cases.protection.preparing import begin_person
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.people.public import PeopleRight, find_people, reveal

SHOWN = 20


@require_safe
@staff_page(CaseRight.EXPORT)
def people(request: HttpRequest, access: Access) -> HttpResponse:
    """Find people by document, e-mail, phone or name, but not those named only by
    restricted cases that this user does not see.

    What is shown of them is told in the access stream, and who looks proves first who they are.
    """
    access.require(PeopleRight.IDENTITY)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    institution_id = access.institution.pk
    if query:
        ask_again(request)
    ids = find_people(institution_id, query, limit=SHOWN) if query else []
    hidden = people_hidden_from(access, ids)
    ids = [pk for pk in ids if pk not in hidden]
    found = (
        reveal(institution_id, ids, actor_id=access.user.pk, reason="person_export", now=current_time())
        if ids
        else {}
    )
    context = {"query": query, "rows": [(pk, found[pk]) for pk in ids if pk in found], "shown": SHOWN}
    return render(request, "cases/workspace/people.html", context)


@require_POST
@staff_page(CaseRight.EXPORT)
@asks_again
def person_copy(request: HttpRequest, access: Access, person_id: int) -> HttpResponse:
    """Start making the copy of everything held about one person."""
    access.require(PeopleRight.IDENTITY)
    try:
        made = begin_person(access=access, person_id=person_id, now=current_time())
    except Refused as refused:
        context = {"query": "", "rows": [], "problem": refused}
        return render(request, "cases/workspace/people.html", context, status=404)
    return redirect("workspace:cases:dossier", access.institution.slug, made.pk)
