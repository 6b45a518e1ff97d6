# SPDX-License-Identifier: EUPL-1.2
"""An answer is taken back at the very moment its notice goes out: one of the
two happens, never both and never neither.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections

from siac.accounts.public import Role
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.commands.undoing import undo
from siac.cases.models import Case
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.factories import NOW, answer, file, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
ROUNDS = 10


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do the works in threads that begin together; return what each gave, a refusal by its code."""
    start, given = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            given[place] = work()
        except Refused as refused:
            given[place] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return given


def test_what_is_taken_back_is_not_sent_and_what_is_sent_is_not_taken_back(real_commits):
    house = make_house()
    told = []
    for _ in range(ROUNDS):
        case = file(house, now=NOW - timedelta(days=3), unit_id=house.units["obras"])
        answer(house, case, now=NOW)
        notice = Notice.objects.get(kind="cases.answered", subject_id=case.pk)
        mail.outbox.clear()
        taken, _ = at_once(
            lambda case=case: undo(
                institution=house.institution,
                case_id=case.pk,
                version=None,
                actor=house.user(Role.UNIT_OFFICER),
                now=NOW + UNDO_FOR - timedelta(milliseconds=1),
            ),
            lambda: send_due(lambda: NOW + UNDO_FOR),
        )
        notice.refresh_from_db()
        state = Case.objects.get(pk=case.pk).state
        sent = any(case.folio in letter.subject + letter.body for letter in mail.outbox)
        if taken == "undo_late":
            assert (notice.state, state, sent) == ("sent", "answered", True)
        else:
            assert (notice.state, sent) == ("cancelled", False) and state != "answered"
        told.append(taken == "undo_late")
    assert len(told) == ROUNDS
    assert verify_institution(house.institution.pk).problems == []
