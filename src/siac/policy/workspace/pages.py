# SPDX-License-Identifier: EUPL-1.2
"""The policy for the house: its editions, one of them, what differs, what was saved, how far it is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.documents.public import staff_download
from siac.governance.public import RESULTS, council_names
from siac.organizations.public import Access, history, staff_page
from siac.policy.comparing import compared, facts_changed
from siac.policy.domain.rights import PolicyRight
from siac.policy.domain.rounds import Ending
from siac.policy.domain.sections import BY_CODE, LINES, missing
from siac.policy.domain.states import EditionState
from siac.policy.handing import handed_out
from siac.policy.progress import Asking
from siac.policy.queries import (
    DOCUMENTS,
    RoundTold,
    contents,
    documents_of,
    edition_for,
    editions_of,
    policy_of,
    round_told,
    rounds_of,
    sections_of,
)
from siac.policy.reading import read, warnings
from siac.policy.sealing import content_digest
from siac.policy.texts import ENDINGS, PHASES, VERDICTS
from siac.signing.public import SignRight


def asking_of(access: Access) -> Asking:
    """Return the question of somebody of the house, of today. No SQL."""
    return Asking(access.institution, access.institution.local_date(current_time()), access)


@require_safe
@staff_page(PolicyRight.READ)
def policy(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the policy of the body: which councils approve it, its editions and documents (4 SQL)."""
    asking, row = asking_of(access), policy_of(access.institution)
    editions = editions_of(access.institution) if row else []
    context = {
        "policy": row,
        "councils": council_names(access.institution, row.council_ids).values() if row else (),
        "editions": [(each, *PHASES[each.phase(asking.today)]) for each in editions],
        "may_keep": access.has(PolicyRight.KEEP),
        "documents": documents_of(access.institution, row.pk) if row else {},
        "may_start": not any(each.state != EditionState.APPROVED for each in editions),
    }
    return render(request, "policy/workspace/policy.html", context)


@require_safe
@staff_page()
def edition(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Show an edition whole: what it says, what it lacks, what the councils said of it (9 SQL, and what the
    sources of progress cost).
    """
    asking, row = asking_of(access), edition_for(access, number)
    sections, today = sections_of(row), asking.today
    rounds = [round_told(access.institution, each) for each in rounds_of(row)]
    running = next((each for each in rounds if each.round.ended_at is None), None)
    keeps = access.has(PolicyRight.KEEP)
    context = {
        "edition": row, "phase": PHASES[row.phase(today)], "sections": read(row, sections, asking),
        "writes": keeps and row.is_draft, "keeps": keeps,
        "missing": missing(contents(sections)) if row.is_draft else [],
        "warnings": warnings(sections) if row.state != EditionState.APPROVED else [],
        "running": running, "rounds": [_told_round(each) for each in rounds],
        "may_approve": access.has(PolicyRight.APPROVE) and running is not None,
        "digest": content_digest(row, sections), "reads_all": access.has(PolicyRight.READ),
        "may_sign": row.state == EditionState.APPROVED and access.has(SignRight.SIGN),
    }  # fmt: skip
    return render(request, "policy/workspace/edition.html", context)


def _told_round(told: RoundTold) -> dict[str, Any]:
    heard = [
        (each, *VERDICTS[each.verdict], [(one, RESULTS[one.result]) for one in each.decisions])
        for each in told.heard
    ]
    ending = ENDINGS[Ending(told.round.ending)] if told.round.ending else ""
    return {"round": told.round, "heard": heard, "ending": ending}


@require_safe
@staff_page(PolicyRight.READ)
def compare(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Say section by section what an edition says otherwise than another one: that of `con`, else the one
    before (4 SQL).
    """
    row, today = edition_for(access, number), asking_of(access).today
    earlier = [each for each in editions_of(access.institution) if each.number < row.number]
    asked = request.GET.get("con", "")
    before = next((each for each in earlier if asked in ("", str(each.number))), None)
    context: dict[str, Any] = {"edition": row, "before": before, "earlier": earlier}
    if before is not None:
        sections = sections_of(before), sections_of(row)
        context["changed"] = compared(access.institution, *sections, today)
        context["facts"] = facts_changed(before, row)
    return render(request, "policy/workspace/compare.html", context)


@require_safe
@staff_page(PolicyRight.READ)
def section_history(request: HttpRequest, access: Access, number: int, code: str) -> HttpResponse:
    """Show who saved a section of an edition and when (4 SQL).

    Raises:
        Http404: there is no such section, or nobody wrote it.
    """
    edition, section = edition_for(access, number), BY_CODE.get(code)
    row = sections_of(edition).get(code)
    if section is None or row is None or row.pk is None:
        raise Http404(code)
    words = {"rows": lambda rows: f"{len(rows)} filas", "text": lambda text: text}
    context = {"edition": edition, "section": section, "versions": history(row, words)}
    return render(request, "policy/workspace/history.html", context)


@require_safe
@staff_page(PolicyRight.READ)
def progress(request: HttpRequest, access: Access) -> HttpResponse:
    """Show how far the lines of action of the newest approved edition are, else of the draft (5 SQL, and what
    the sources cost).

    Raises:
        Http404: the body has no edition.
    """
    asking, editions = asking_of(access), editions_of(access.institution)
    approved = [row for row in editions if row.state == EditionState.APPROVED]
    shown = next(iter(approved or editions), None)
    if shown is None:
        raise Http404("progress")
    sections = read(shown, sections_of(shown), asking)
    lines = next(each for each in sections if each.code == LINES)
    rows = [row for _, of in lines.tables for row in of]
    context = {
        "edition": shown, "phase": PHASES[shown.phase(asking.today)], "rows": rows,
        "seen": sum(bool(row.progress) for row in rows), "keeps": access.has(PolicyRight.KEEP),
    }  # fmt: skip
    return render(request, "policy/workspace/progress.html", context)


@require_safe
@staff_page()
def paper(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Give an edition on paper, a draft marked as one (7 SQL)."""
    row = edition_for(access, number)
    return handed_out(request, access.institution, row)


@require_safe
@staff_page(PolicyRight.READ)
def document(request: HttpRequest, access: Access, document_id: int) -> HttpResponseBase:
    """Hand out a document of the policy (2 SQL)."""
    row = policy_of(access.institution)
    return staff_download(access.institution.pk, document_id, DOCUMENTS, {row.pk} if row else set())
