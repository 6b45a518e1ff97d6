# SPDX-License-Identifier: EUPL-1.2
"""Somebody else may be affected by what is asked for: it is told, heard, and its answer counts."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.planning import plan_third_party_clock
from siac.cases.commands.terms import (
    legal_rule,
    resume_after_third_parties,
    settle_third_party,
    suspend_for_third_party,
)
from siac.cases.commands.writing import write
from siac.cases.domain.states import Move
from siac.cases.models import Case, MessageKind, ThirdParty
from siac.clocks.public import starting
from siac.documents.public import CheckedFile
from siac.infra.ready import send
from siac.infra.turns import Step
from siac.kernel.errors import Refused
from siac.notices.public import queue
from siac.organizations.public import Institution, steps_in_each_body
from siac.people.public import PersonData, matches_second_factor, save_person

_DUE = ("due_on", "legal_due_on")


@transaction.atomic
def hear_third_party(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    person: PersonData,
    body: str,
    actor: User,
    now: datetime,
) -> Case:
    """Tell somebody that what the case asks for may affect them, and give them the term to object.

    Art. 20 Ley 20.285, art. 19.3 Ley 19/2013. Who asked is not told.

    Raises:
        Refused: the rule of the case hears nobody (no_third_parties), this person was told already
            (third_party_told), no text, changed meanwhile, or the case is answered.
    """
    case, _ = locked(institution, case_id, version, Move.HEAR)
    rule = legal_rule(case)
    if rule is None or "objection" not in rule.related:
        raise Refused("no_third_parties")
    _check_new(institution, case, person)
    person_id = save_person(institution.pk, person, now)
    data: dict[str, Any] = write(case, MessageKind.HEARING, body, author=actor, now=now)
    third = ThirdParty(
        institution=institution, case=case, person_id=person_id, asked_id=data["message"], told_at=now
    )
    clock = plan_third_party_clock(institution, case, rule, now=now)
    third.until = clock.due_on
    third.save(force_insert=True)
    clock.source = f"third_party:{third.pk}"
    send([starting([clock], subject_id=case.pk)])
    if rule.third_party_effect == "suspends":
        data["paused"] = suspend_for_third_party(institution, case, now=now)
    queue(
        institution.pk,
        "cases.third_party",
        f"person:{person_id}",
        "email",
        "case",
        case.pk,
        {"folio": case.folio, "message": data["message"], "third_party": third.pk},
        now,
    )
    data |= {"third_party": third.pk, "until": third.until.isoformat()}
    return keep(case, "cases.third_party_told", actor=actor, now=now, fields=_DUE, data=data)


def _check_new(institution: Institution, case: Case, person: PersonData) -> None:
    known = ThirdParty.objects.filter(case=case).values_list("person_id", flat=True)
    if person.email and any(matches_second_factor(institution.pk, pk, person.email) for pk in known):
        raise Refused("third_party_told")


@transaction.atomic
def record_stand(
    *,
    institution: Institution,
    third_party_id: int,
    objects: bool,
    body: str,
    actor: User | None,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Keep a third party's answer; `actor` is the officer who writes it down, None when it answers by itself.

    Raises:
        Refused: it answered already or its term has ended (third_party_late),
            or it objects without saying why.
    """
    third = ThirdParty.objects.select_related("case").get(institution=institution, pk=third_party_id)
    case, _ = locked(institution, third.case_id, None, Move.HEAR)
    third.refresh_from_db()
    if third.stand != ThirdParty.Stand.PENDING or institution.local_date(now) > third.until:
        raise Refused("third_party_late", until=f"{third.until:%d-%m-%Y}")
    if not objects and not body.strip():
        body = "Consiente en la entrega."
    data: dict[str, Any] = write(case, MessageKind.OBJECTION, body, author=actor, now=now, files=files)
    third.stand = ThirdParty.Stand.OBJECTED if objects else ThirdParty.Stand.CONSENTED
    return _settled(institution, case, third, data, actor=actor, now=now)


def _settled(
    institution: Institution,
    case: Case,
    third: ThirdParty,
    data: dict[str, Any],
    *,
    actor: User | None,
    now: datetime,
) -> Case:
    third.stood_at, third.recorded_by = now, actor
    third.save(update_fields=["stand", "stood_at", "recorded_by"])
    settle_third_party(institution, case, source=f"third_party:{third.pk}", until=third.until, now=now)
    if not ThirdParty.objects.filter(case=case, stand=ThirdParty.Stand.PENDING).exists():
        last = min(institution.local_date(now), third.until)
        resume_after_third_parties(institution, case, last=last, now=now)
    data |= {"third_party": third.pk, "stand": third.stand}
    return keep(case, "cases.third_party_stood", actor=actor, now=now, fields=_DUE, data=data)


def settle_silent_third_parties(*, now: datetime, limit: int = 500) -> int:
    """Note that third parties let their term pass, which in Chile means that they consent; return how
    many.
    """
    return steps_in_each_body("cases.settle_third_parties", partial(_silent, now=now, limit=limit), now=now)


def _silent(institution: Institution, *, now: datetime, limit: int) -> Iterator[Step]:
    pending = ThirdParty.objects.filter(
        institution=institution, stand=ThirdParty.Stand.PENDING, until__lt=institution.local_date(now)
    )
    for pk in pending.order_by("until", "pk").values_list("pk", flat=True)[:limit]:
        yield f"third_party:{pk}", partial(_settle_silent, institution, pk, now=now)


@transaction.atomic
def _settle_silent(institution: Institution, pk: int, *, now: datetime) -> int:
    third = ThirdParty.objects.select_related("case").get(pk=pk)
    try:
        case, _ = locked(institution, third.case_id, None, Move.HEAR)
    except Refused:  # the case ended meanwhile: there is nothing left to object to
        ThirdParty.objects.filter(pk=pk).update(stand=ThirdParty.Stand.SILENT, stood_at=now)
        return 0
    third.refresh_from_db()
    if third.stand != ThirdParty.Stand.PENDING:
        return 0
    third.stand = ThirdParty.Stand.SILENT
    _settled(institution, case, third, {}, actor=None, now=now)
    return 1
