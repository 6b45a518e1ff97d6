# SPDX-License-Identifier: EUPL-1.2
"""Erasing one case: what was said and who said it go; that it happened, when and how it ended stays."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.cases.commands.answer_drafts import FILES_OF
from siac.cases.domain.clock_kinds import ATTENTION, SUBJECT
from siac.cases.domain.states import State
from siac.cases.extensions import erasers, namings, text_erasers
from siac.cases.locking import cases_to_lock
from siac.cases.models import (
    AnswerDraft,
    Case,
    CaseExport,
    CaseHold,
    CaseMessage,
    CaseTask,
    CaseText,
    Dossier,
    Erases,
    Interaction,
    Mention,
    Redaction,
    Undoable,
)
from siac.cases.protection.ledger import note_erasure
from siac.cases.protection.redacting import FILES_OF as REDACTED_FILES
from siac.clocks.public import erase_reasons
from siac.documents.public import attachments_of_several, erase_attachments
from siac.journal.public import record
from siac.notices.public import erase_notices
from siac.organizations.public import Institution
from siac.people.public import erase_person, not_erased


@transaction.atomic
def erase_case(
    *,
    institution: Institution,
    case_id: int,
    erases: Iterable[str],
    run_id: int,
    actor: User | None,
    now: datetime,
    again: bool = False,
) -> bool:
    """Erase of a case what `erases` names (codes of `Erases`); return whether it was done.

    Not done where it is no longer closed, is on hold, or was erased. `again`: after a restore, what was
    erased before is erased whatever the restored state says. The line of the ledger is on disk before this
    commits. The journal keeps its entries, whose digests nobody can guess without the salts that go with
    the texts: the chain verifies as before.
    """
    case = cases_to_lock().get(institution=institution, pk=case_id)
    if case.erased_at is not None:
        return False
    if not again and (case.state != State.CLOSED or CaseHold.objects.filter(case=case).exists()):
        return False
    what = set(erases)
    files = (_files(case) if Erases.FILES in what else []) + _prepared_with(case)
    if files:
        erase_attachments(institution.pk, files, now=now)
    if Erases.TEXTS in what:
        _erase_texts(case, now=now)
    notices = _erase_notices(case, now=now) if Erases.NOTICES in what else 0
    case.erased_at = now
    case.idempotency_print = None
    case.version += 1
    case.save(update_fields=["erased_at", "idempotency_print", "version"])
    people = _erase_people(case, actor=actor, now=now) if Erases.IDENTITY in what else 0
    for erase in erasers():
        erase(institution.pk, [case.pk], now)
    data = {
        "run": run_id,
        "what": sorted(what),
        "files": len(files),
        "notices": notices,
        "people": people,
        "again": again,
        "row": case.row_seal,
    }
    record(institution.pk, case.stream, "cases.erased", now, actor.pk if actor else None, data)
    note_erasure(institution, case, erases=what, now=now)
    return True


def _erase_notices(case: Case, *, now: datetime) -> int:
    """Erase what was written to the people of a case, and to those of the attention it came from; return how
    many notices (3 SQL).
    """
    came_from = Interaction.objects.filter(case=case).values_list("pk", flat=True)
    of = (("case", [case.pk]), (ATTENTION, list(came_from)))
    return sum(erase_notices(case.institution_id, subject, ids, now=now) for subject, ids in of)


def _files(case: Case) -> list[int]:
    """Return the living files of a case: handed in, sent, drafted, and given out instead of another."""
    drafts = AnswerDraft.objects.filter(case=case).values_list("pk", flat=True)
    wanted = {
        "case": [case.pk],
        "message": list(CaseMessage.objects.filter(case=case).values_list("pk", flat=True)),
        FILES_OF: list(drafts),
        REDACTED_FILES: list(Redaction.objects.filter(case=case).values_list("pk", flat=True)),
    }
    rows = attachments_of_several(case.institution_id, wanted)
    return [file.pk for files in rows.values() for file in files if file.erased_at is None]


def _prepared_with(case: Case) -> list[int]:
    """Return the files still to be fetched that tell of a case, whatever of it is erased: its dossiers, and
    the exports and copies for a person that name it among others (2 SQL).
    """
    among, kept = Q(case_ids__contains=[case.pk]), Q(attachment_id__isnull=False)
    exports = CaseExport.objects.filter(kept, among, institution=case.institution_id)
    dossiers = Dossier.objects.filter(kept, among | Q(case=case), institution=case.institution_id)
    found = [rows.values_list("attachment_id", flat=True) for rows in (exports, dossiers)]
    return [pk for pks in found for pk in pks if pk is not None]


def _erase_texts(case: Case, *, now: datetime) -> None:
    CaseText.objects.filter(case=case).update(subject="", body="", answers={}, place="", salt="", search=None)
    CaseMessage.objects.filter(case=case).update(body="", salt="")
    Redaction.objects.filter(case=case).update(body="", salt="")
    CaseTask.objects.filter(case=case).update(text="")
    Mention.objects.filter(case=case).delete()
    AnswerDraft.objects.filter(case=case).delete()
    Undoable.objects.filter(case=case).delete()
    erase_reasons(case.institution_id, SUBJECT, [case.pk])
    for erase in text_erasers():
        erase(case.institution_id, [case.pk], now)


def _erase_people(case: Case, *, actor: User | None, now: datetime) -> int:
    """Erase whom only erased cases name; the case is marked erased already."""
    named = set[int]().union(
        {case.person_id} if case.person_id else (), *(each.on(case) for each in namings())
    )
    return erase_unneeded(case.institution_id, named, actor_id=actor.pk if actor else None, now=now)


def erase_unneeded(institution_id: int, named: set[int], *, actor_id: int | None, now: datetime) -> int:
    """Erase those of some people of a body whom nothing that lives names any more: no case that is not
    erased, and no other row without such a case; return how many (1 SQL for each sort of row, and what
    erasing costs).
    """
    living = not_erased(named)
    living -= set(Case.objects.filter(person__in=living, erased_at=None).values_list("person", flat=True))
    for each in namings():
        others = each.of(living).filter(Q(case=None) | Q(case__erased_at=None))
        living -= set(others.values_list(each.person, flat=True))
    for person_id in sorted(living):
        erase_person(institution_id, person_id, actor_id=actor_id, now=now)
    return len(living)
