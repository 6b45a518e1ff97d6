# SPDX-License-Identifier: EUPL-1.2
"""Requests are filed, a moment is noted, somebody is erased and more is filed; then the database goes back to
that moment, as `docs/operate/restore-to-a-time.md` tells it.
"""

from dataclasses import dataclass

from tests.restore.archiving import Archived, until

BODY = """
from tests.factories import make_house
make_house()
"""
FILE = """
from django.utils import timezone
from siac.cases.models import Case
from siac.organizations.public import Institution
from siac.cases.public import Channel, Filing, file_case, kinds
from siac.people.public import PersonData
body = Institution.objects.get()
kind = next(pk for pk, found in kinds(body).items() if found.code == "consulta")
for number in range({count}):
    person = PersonData(given_names="Ana", family_names="Soto {name} " + str(number), email="a@b.example")
    filing = Filing(kind_id=kind, channel=Channel.WEB, person=person, body="{name}", subject="{name}")
    file_case(institution=body, filing=filing, actor=None, now=timezone.now())
"""
ERASE = """
from django.utils import timezone
from siac.people.models import Person
from siac.people.public import erase_person
person = Person.objects.order_by("pk").first()
erase_person(institution_id=person.institution_id, person_id=person.pk, actor_id=None, now=timezone.now())
"""
FIRST = """
from siac.people.models import Person
from siac.people.public import names
person = Person.objects.order_by("pk").first()
print("FIRST", names(person.institution_id, [person.pk])[person.pk])
"""
SEAL = """
from django.core.management import call_command
call_command("seal_journal")
"""
VERIFY = """
call_command("verify")
"""


@dataclass(frozen=True)
class Result:
    """What going back showed; `took` in seconds, by step."""

    there: int
    took: dict[str, float]
    rest: str

    def __str__(self) -> str:
        steps = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in self.took.items())
        return f"{self.there} requests are there; {steps}"


def numbers(server: Archived) -> list[int]:
    """Return the numbers of the folios, in order."""
    return [number for (number,) in server.ask("SELECT number FROM cases_case ORDER BY number")]


def archive(server: Archived) -> None:
    """Wait until all that was written lies in the archive."""
    ((wal,),) = server.ask("SELECT pg_walfile_name(pg_switch_wal())")
    last = f"SELECT last_archived_wal >= '{wal}' FROM pg_stat_archiver"
    until(lambda: server.ask(last) == [(True,)], 60, "the archive has it")


def go_back(server: Archived) -> Result:
    """File, erase, go back, and prove what there is then.

    Raises:
        AssertionError: something is not as the manual says.
    """
    server.code(BODY + FILE.format(name="antes", count=3) + SEAL)
    with server.timed("full backup"):
        server.backrest("--type=full", "backup")
    server.code(FILE.format(name="despues", count=2))
    ((target,),) = server.ask("SELECT now()::text")
    assert "FIRST Datos borrados" in server.code(ERASE + FILE.format(name="perdida", count=4) + FIRST + SEAL)
    archive(server)
    assert numbers(server) == list(range(1, 10))

    server.stop()
    with server.timed("restore"):
        server.backrest("--type=time", f"--target={target}", "--target-action=promote", "--delta", "restore")
    with server.timed("start and replay"):
        server.start()
    assert numbers(server) == list(range(1, 6))
    assert "FIRST Ana Soto antes 0" in server.code(FIRST)  # back, until it is applied
    roots = server.home / "journal-roots.jsonl"
    former = roots.rename(server.home / "journal-roots-before.jsonl")
    with server.timed("setup"):
        server.siac("setup", owner=True)
    with server.timed("erasures"):
        said = server.siac("erasures", "apply")
    assert "Borrados ahora otra vez: 1" in said, said
    with server.timed("verify"):
        rest = server.siac("verify")
    told = server.siac("verify", "--roots", str(former), fails=True)
    assert told.count("✗") == 1 and "Sello 2 de puerto" in told, told  # the one that was made since
    again = server.code(FIRST + FILE.format(name="nueva", count=1) + SEAL + VERIFY)
    assert "FIRST Datos borrados" in again and "bitácora íntegra" in again
    assert numbers(server) == list(range(1, 7))  # folios go on behind the last one of then
    assert len(roots.read_text().splitlines()) == 2  # the first one is written down anew
    with server.timed("backup after it"):
        server.backrest("backup")
    return Result(len(numbers(server)), server.took, rest)
