# SPDX-License-Identifier: EUPL-1.2
"""Who wants to be asked no more, and what goes with a person who is erased."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.cases.public import PersonEntries
from siac.organizations.public import Access, Institution
from siac.people.public import same_people
from siac.surveys.commands.links import new_token
from siac.surveys.commands.made import note_made
from siac.surveys.commands.panel import drop_members
from siac.surveys.models import Invitation, MadePerson, PanelMember, SurveyRefusal

PART = "encuestas"
"""Under which name it stands in the copy of a person's data."""


def person_of(row: Invitation) -> int | None:
    """Return the person whom an invitation asked; None where they were erased, or it is no person."""
    kind, _, pk = row.recipient.partition(":")
    return int(pk) if kind == "person" and pk else None


def has_refused(institution: Institution, entries: Iterable[int]) -> bool:
    """Return whether one of the entries of a person wants no more surveys (1 SQL)."""
    return SurveyRefusal.objects.filter(institution=institution, person__in=list(entries)).exists()


@transaction.atomic
def refuse_surveys(institution: Institution, row: Invitation, *, wanted: bool, now: datetime) -> None:
    """Ask somebody no more, or again: under every entry by which the body knows the one who was invited; who
    wants no more is in no panel either (7 SQL). Saying it twice changes nothing.
    """
    person_id = person_of(row)
    if person_id is None:
        return
    entries = sorted({person_id, *same_people(institution.pk, person_id)})
    if wanted:
        SurveyRefusal.objects.filter(institution=institution, person__in=entries).delete()
        return
    members = PanelMember.objects.filter(institution=institution, person__in=entries)
    gone = drop_members(institution, members, now=now)
    note_made(institution, [row.person_id for row in gone if row.is_made], None)
    today = institution.local_date(now)
    SurveyRefusal.objects.bulk_create(
        [SurveyRefusal(institution=institution, person_id=pk, refused_on=today) for pk in entries],
        ignore_conflicts=True,
    )


def surveys_of(access: Access, entries: PersonEntries) -> Sequence[Mapping[str, Any]]:
    """Return to which surveys a person was invited, oldest first, since when they want no more, and
    since when and by which words they are in the panel (3 SQL).
    Whether they answered is not told, nor whether they were reminded, which only those are who did not:
    whoever prepares the copy would learn it.
    """
    rows = Invitation.objects.filter(
        institution=access.institution, recipient__in=[f"person:{pk}" for pk in entries.ids]
    ).select_related("survey")
    told: list[Mapping[str, Any]] = [
        {
            "encuesta": row.survey.title,
            "invitada_el": row.invited_on.isoformat(),
            "hasta": row.closes_on.isoformat(),
        }
        for row in rows.order_by("invited_on", "pk")
    ]
    refused = SurveyRefusal.objects.filter(institution=access.institution, person__in=entries.ids)
    told += [
        {"no_quiere_mas_encuestas_desde": row.refused_on.isoformat()}
        for row in refused.order_by("refused_on", "pk")[:1]
    ]
    members = PanelMember.objects.filter(institution=access.institution, person__in=entries.ids)
    told += [
        {"en_el_panel_desde": row.agreed_on.isoformat(), "acepto": row.words}
        if row.agreed_on
        else {"panel_por_confirmar_desde": row.asked_on.isoformat()}
        for row in members.order_by("pk")
    ]
    return told


def forget_person(institution_id: int, person_id: int) -> None:
    """Take out of invitations whom they asked and after what, and the key; that somebody was asked stays
    counted. Nothing is kept of what they refused or agreed to (5 SQL and 1 for each invitation).
    """
    SurveyRefusal.objects.filter(institution_id=institution_id, person=person_id).delete()
    PanelMember.objects.filter(institution_id=institution_id, person=person_id).delete()
    MadePerson.objects.filter(institution_id=institution_id, person=person_id).delete()
    asked = Invitation.objects.filter(institution_id=institution_id, recipient=f"person:{person_id}")
    for row in asked.order_by("pk"):
        Invitation.objects.filter(pk=row.pk).update(
            recipient="", case_id=None, attention_id=None, token=new_token()
        )
