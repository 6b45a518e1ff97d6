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
from siac.cases.commands.handling import ask_for_information, extend_term, refer_case
from siac.cases.commands.undo_offers import COLUMNS, UNDO_FOR
from siac.cases.commands.undoing import undo
from siac.cases.models import Case
from siac.clocks.public import Clock
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.factories import NOW, House, answer, file, make_house
from tests.notices.conftest import Mailbox, running

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
ROUNDS, MIXED = 10, 8
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


def _sent(house: House, case: Case, what: str) -> None:
    """Do what can be taken back."""
    if what == "answer":
        answer(house, case, now=NOW)
        return
    common: dict[str, Any] = {
        "institution": house.institution, "case_id": case.pk, "version": None, "now": NOW,
        "actor": house.user(Role.UNIT_OFFICER),
    }  # fmt: skip
    if what == "ask":
        ask_for_information(**common, body="Diga en qué calle, por favor.")
    elif what == "extend":
        extend_term(**common, reason="Hay que buscar en el archivo central.")
    else:
        refer_case(**common, unit_id=house.units["juridico"], reason="Es de ellos.", undoable=True)


def _as_it_stands(case: Case) -> tuple[object, ...]:
    """Return the case and its terms as far as what is taken back changes them."""
    clocks = Clock.objects.filter(subject_type="case", subject_id=case.pk).order_by("pk")
    return Case.objects.values(*COLUMNS).get(pk=case.pk), *clocks.values_list("kind", "state", "due_on")


@pytest.mark.parametrize("what", ["answer", "ask", "extend", "refer"])
def test_taken_back_twice_while_two_send_it_happens_once_or_not_at_all(real_commits, post, what):
    house = make_house()
    for place in range(MIXED):
        kind = "acceso" if what == "extend" else "reclamo"
        case = file(house, kind, now=NOW - timedelta(days=3), unit_id=house.units["obras"])
        send_due(lambda: NOW)
        before, known = _as_it_stands(case), list(Notice.objects.values_list("pk", flat=True))
        _sent(house, case, what)
        after, told = _as_it_stands(case), Notice.objects.exclude(pk__in=known)
        assert after != before and told.count() == (what != "refer")
        post.taken.clear()
        early, late = STEP * place, STEP * (MIXED - place)
        *undone, _, _ = at_once(
            lambda case=case, early=early: taken_back(house, case, late=early),
            lambda case=case, early=early: taken_back(house, case, late=early),
            lambda late=late: sent_out(late=late),
            lambda late=late: sent_out(late=late),
        )
        letters = sum(case.folio.encode() in letter for letter in post.taken)
        entries = [entry.kind.endswith("_undone") for entry in history(case.institution_id, case.stream)]
        states = set(told.values_list("state", flat=True))
        if any(isinstance(each, Case) for each in undone):
            assert "undo_nothing" in undone and sum(entries) == 1
            assert (_as_it_stands(case), letters, states - {"cancelled"}) == (before, 0, set())
        else:
            assert undone == ["undo_late"] * 2 and not any(entries)
            assert (_as_it_stands(case), letters, states) == (after, 1, {"sent"})
    assert verify_institution(house.institution.pk).problems == []
