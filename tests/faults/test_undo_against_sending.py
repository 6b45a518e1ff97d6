# SPDX-License-Identifier: EUPL-1.2
"""An answer is taken back at the very moment its notice goes out: one of the
two happens, never both and never neither.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from siac.accounts.public import Role
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.commands.undoing import undo
from siac.cases.models import Case
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.factories import NOW, House, answer, file, make_house
from tests.notices.conftest import Mailbox, running

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
ROUNDS = 10
STEP = 0.01
"""Seconds by which the hand is later in each round, and the sending sooner: each is the quicker one once."""


@pytest.fixture
def post(monkeypatch):
    """A mail server that takes what is sent; `taken` holds it."""
    box = Mailbox()
    with running(box) as port:
        monkeypatch.setenv("SIAC_MAIL", "smtp")
        monkeypatch.setenv("SIAC_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield box


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


def taken_back(house: House, case: Case, *, late: float) -> object:
    """Take an answer back at the last moment, so many seconds after the signal to begin."""
    time.sleep(late)
    return undo(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW + UNDO_FOR - timedelta(milliseconds=1),
    )


def sent_out(*, late: float) -> object:
    """Send what is due then, so many seconds after the signal to begin."""
    time.sleep(late)
    return send_due(lambda: NOW + UNDO_FOR)


def test_what_is_taken_back_is_not_sent_and_what_is_sent_is_not_taken_back(real_commits, post):
    house = make_house()
    told = []
    for place in range(ROUNDS):
        case = file(house, now=NOW - timedelta(days=3), unit_id=house.units["obras"])
        send_due(lambda: NOW)  # the receipt, which names the case too
        answer(house, case, now=NOW)
        notice = Notice.objects.get(kind="cases.answered", subject_id=case.pk)
        post.taken.clear()
        taken, _ = at_once(
            lambda case=case, late=STEP * place: taken_back(house, case, late=late),
            lambda late=STEP * (ROUNDS - place): sent_out(late=late),
        )
        notice.refresh_from_db()
        state = Case.objects.get(pk=case.pk).state
        sent = any(case.folio.encode() in letter for letter in post.taken)
        if taken == "undo_late":
            assert (notice.state, state, sent) == ("sent", "answered", True)
        else:
            assert (notice.state, sent) == ("cancelled", False) and state != "answered"
        told.append(taken == "undo_late")
    assert set(told) == {True, False}
    assert verify_institution(house.institution.pk).problems == []
