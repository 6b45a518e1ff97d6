# SPDX-License-Identifier: EUPL-1.2
"""Many file at once and some of them fail: no folio is missing, none waits for what is written before it."""

import threading
import time
from collections import Counter
from typing import Any

import pytest
from django.db import connection, connections, transaction

from siac.cases.models import Case, CaseText
from siac.cases.public import Channel, Filing, file_case
from siac.cases.series import FOLIOS
from siac.clocks.models import Clock
from siac.infra.ready import Part
from siac.journal.models import JournalEntry
from siac.journal.public import verify_institution
from siac.notices.models import Notice
from siac.people.models import Identity, Person
from siac.people.public import PersonData
from tests.factories import NOW, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

WRITERS, EACH = 6, 15


class GoneWrongError(Exception):
    """What surrounds a filing fails after it was filed."""


def in_threads(*works: Any) -> None:
    """Do all at once, each on a connection of its own."""
    faults: list[BaseException] = []

    def do(work: Any) -> None:
        try:
            work()
        except BaseException as error:  # shown by the test
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    assert faults == []


def test_many_file_at_once_and_what_fails_leaves_no_gap(real_commits):
    house = make_house()
    ended: Counter[str] = Counter()

    def request(mark: str) -> Filing:
        return Filing(
            kind_id=house.kinds["reclamo"].pk,
            channel=Channel.WEB,
            body=f"Agua en la calle {mark}.",
            answers={"donde": "Calle Larga"},
            person=PersonData(given_names="Ana", email=f"{mark}@ejemplo.org"),
            idempotency_key=f"clave-{mark}",
        )

    def lose(mark: str) -> None:
        with transaction.atomic():
            file_case(institution=house.institution, filing=request(mark), actor=None, now=NOW)
            raise GoneWrongError

    def write(writer: int) -> None:
        for turn in range(EACH):
            filing = request(f"{writer}-{turn}")
            case = file_case(institution=house.institution, filing=filing, actor=None, now=NOW)
            again = file_case(institution=house.institution, filing=filing, actor=None, now=NOW)
            assert (again.pk, again.folio) == (case.pk, case.folio)
            ended["filed"] += 1
            if turn % 3 == 0:
                with pytest.raises(GoneWrongError):
                    lose(f"{writer}-{turn}-perdida")

    in_threads(*[lambda writer=writer: write(writer) for writer in range(WRITERS)])
    body, count = house.institution.pk, WRITERS * EACH
    assert ended["filed"] == count
    cases = Case.objects.filter(institution_id=body)
    assert sorted(cases.values_list("number", flat=True)) == list(range(1, count + 1))
    assert list(FOLIOS.gaps(body)) == []
    assert CaseText.objects.count() == Notice.objects.count() == Person.objects.count() == count
    assert Identity.objects.count() == count
    for case in cases:
        entry = JournalEntry.objects.get(stream=case.stream)
        assert entry.data["folio"] == case.folio and entry.kind == "cases.filed"
        assert Clock.objects.filter(subject_type="case", subject_id=case.pk).exists()
    assert Notice.objects.filter(context__folio=cases[0].folio).count() == 1
    assert verify_institution(body).problems == []


def test_nobody_waits_for_a_folio_while_what_comes_before_it_is_written(real_commits):
    """Whoever takes a folio holds all others up, so it is taken after everything that may itself wait."""
    body, year = make_house().institution.pk, 2031
    key = (
        "INSERT INTO infra_idempotencykey (institution_id, scope, key, fingerprint, created_at)"
        " VALUES (%s, 'x', ''::bytea, ''::bytea, now()) ON CONFLICT DO NOTHING RETURNING 1"
    )
    taken: dict[str, int] = {}
    held = threading.Event()

    def file_behind() -> None:
        assert held.wait(30)
        taken["behind"] = FOLIOS.take_after([Part(key, [body])], body, year)

    def file_meanwhile() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(key, [body])
            held.set()
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            for _ in range(200):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone() == (1,):
                    break
                time.sleep(0.05)
            else:
                pytest.fail("the other one does not wait")
            taken["meanwhile"] = FOLIOS.take(body, year)

    in_threads(file_behind, file_meanwhile)
    assert taken == {"meanwhile": 1, "behind": 2}
