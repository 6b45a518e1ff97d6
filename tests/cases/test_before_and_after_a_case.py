# SPDX-License-Identifier: EUPL-1.2
"""What is not yet a case is guarded like the case it would be, and a right that
is gone opens no file prepared before.
"""

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.bulk.commands import choose_cases
from siac.cases.lists.exporting import begin_export
from siac.cases.models import Case
from siac.cases.protection.preparing import begin_person
from siac.cases.restricting.commands import restrict_case
from siac.cases.tasks import export_cases, prepare
from siac.integrations.mailbox.access import visible_mail
from siac.integrations.mailbox.models import IncomingMail, Mailbox
from siac.mailroom.public import NewPaper, PaperFiling, PaperType, file_paper, register_paper
from siac.organizations.models import Membership
from tests.factories import NOW, file, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def mail_in(house, *, unit=None, kind="consulta", **changes) -> IncomingMail:
    """Keep a mail of a mailbox for that unit and kind."""
    number = Mailbox.objects.count()
    box = Mailbox.objects.create(
        institution=house.institution,
        name=f"Casilla {number}",
        address=f"c{number}@puerto.example",
        host="imap.example",
        username=f"u{number}",
        kind=house.kinds[kind],
        unit_id=house.units[unit] if unit else None,
        since=house.today(),
        next_fetch_at=NOW,
        created_at=NOW,
    )
    return IncomingMail.objects.create(
        institution=house.institution, mailbox=box, message_key=f"k{number}", message_id=f"<{number}@x>",
        received_at=NOW, fetched_at=NOW, size=1, **changes,
    )  # fmt: skip


def readers(house, row) -> set[Role]:
    return {role for role in Role if visible_mail(house.access(role)).filter(pk=row.pk).exists()}


ALL = {Role.FRONT_DESK, Role.QUALITY_MANAGER, Role.AUTHORITY, Role.AUDITOR}
OBRAS = {Role.UNIT_OFFICER, Role.HEAD_OF_UNIT}


@pytest.mark.parametrize(
    ("unit", "kind", "who"),
    [
        (None, "consulta", ALL),
        ("juridico", "consulta", ALL),
        ("obras", "consulta", ALL | OBRAS),
        ("obras-calle", "consulta", ALL | OBRAS),
        (None, "denuncia", {Role.AUDITOR}),
        ("juridico", "denuncia", {Role.AUDITOR}),
        ("obras", "denuncia", {Role.AUDITOR, Role.HEAD_OF_UNIT}),
    ],
)
def test_mail_that_is_no_request_is_seen_like_the_request_its_mailbox_makes(house, unit, kind, who):
    assert readers(house, mail_in(house, unit=unit, kind=kind)) == who


def test_mail_of_a_request_follows_the_request_wherever_it_came_in(house):
    case = file(house, unit_id=house.units["juridico"])
    row = mail_in(house, unit="obras", case=case, state="added")
    assert readers(house, row) == ALL
    Case.objects.filter(pk=case.pk).update(unit=house.units["obras"])
    assert readers(house, row) == ALL | OBRAS
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    assert readers(house, row) == {Role.AUDITOR, Role.HEAD_OF_UNIT}


def paper_in(house, unit=None):
    return register_paper(
        institution=house.institution, actor=house.user(Role.FRONT_DESK), now=NOW,
        paper=NewPaper(
            PaperType.LETTER, "Pide una poda", sender=person(given_names="Rosa", family_names="Pinto"),
            unit_id=house.units[unit] if unit else None,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("unit", "opens"), [(None, 404), ("juridico", 404), ("obras", 200)])
def test_a_paper_is_seen_by_the_unit_it_is_addressed_to(house, unit, opens):
    paper = paper_in(house, unit)
    address = f"/{house.slug}/gestion/partes/{paper.pk}/"
    assert house.client(Role.FRONT_DESK).get(address).status_code == 200
    assert house.client(Role.UNIT_OFFICER).get(address).status_code == opens
    listed = house.client(Role.UNIT_OFFICER).get(f"/{house.slug}/gestion/partes/").context["rows"]
    assert bool(listed) == (opens == 200)


def test_whoever_files_a_paper_as_restricted_goes_back_to_the_list(house):
    paper = paper_in(house, "obras")
    done = house.client(Role.FRONT_DESK).post(
        f"/{house.slug}/gestion/partes/{paper.pk}/ingresar/",
        {"kind_id": house.kinds["denuncia"].pk, "topic_id": "", "body": "Coimas"},
    )
    assert (done.status_code, done["Location"]) == (302, f"/{house.slug}/gestion/partes/")


def test_people_of_requests_of_other_units_are_not_found(house):
    file(house, unit_id=house.units["juridico"], who=person(given_names="Rosa", family_names="Pinto"))
    theirs = paper_in(house, "juridico").sender_id
    head, base = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/personas/"
    assert "Rosa Pinto" not in head.get(f"{base}?q=Pinto").content.decode()
    assert head.post(f"{base}{theirs}/copia/").status_code == 404
    file_paper(
        institution=house.institution,
        paper_id=paper_in(house, "obras").pk,
        actor=house.user(Role.FRONT_DESK),
        now=NOW,
        filing=PaperFiling(house.kinds["consulta"].pk, "Pide una poda", unit_id=house.units["obras"]),
    )
    assert "Rosa Pinto" in head.get(f"{base}?q=Pinto").content.decode()


def test_what_a_colleague_marked_selects_nothing_for_another(house):
    own = file(house, unit_id=house.units["obras"])
    marked = choose_cases(
        access=house.access(Role.QUALITY_MANAGER), code="exportar", cases=Case.objects.all(), now=NOW
    )
    address = f"/{house.slug}/gestion/solicitudes/?vista=todas&seleccion={marked.pk}"
    assert own.folio in house.client(Role.QUALITY_MANAGER).get(address).content.decode()
    assert own.folio not in house.client(Role.HEAD_OF_UNIT).get(address).content.decode()


def exported(house, role=Role.HEAD_OF_UNIT):
    made = begin_export(access=house.access(role), params={}, form="xlsx", now=timezone.now())
    export_cases(made.pk)
    return f"/{house.slug}/gestion/exportaciones/{made.pk}/archivo/"


def test_a_workbook_prepared_before_a_case_was_restricted_is_not_handed_out(house):
    case = file(house, unit_id=house.units["obras"])
    address = exported(house, Role.QUALITY_MANAGER)
    manager = house.client(Role.QUALITY_MANAGER)
    assert manager.get(address).status_code == 200
    restrict_case(
        institution=house.institution, case_id=case.pk, version=None, ground="minors", now=NOW,
        actor=house.user(Role.HEAD_OF_UNIT),
    )  # fmt: skip
    refused = manager.get(address)
    assert refused.status_code == 409
    assert "usted dejó de ver algo" in refused.content.decode()


def test_a_workbook_of_a_unit_that_one_left_is_not_handed_out(house):
    file(house, unit_id=house.units["obras"])
    address, head = exported(house), house.client(Role.HEAD_OF_UNIT)
    assert head.get(address).status_code == 200
    Membership.objects.filter(user=house.user(Role.HEAD_OF_UNIT)).update(unit=house.units["juridico"])
    assert head.get(address).status_code == 409
    Membership.objects.filter(user=house.user(Role.HEAD_OF_UNIT)).update(role=Role.AUTHORITY, unit=None)
    assert head.get(address).status_code == 403


def test_the_copy_of_a_persons_data_asks_for_the_right_again(house):
    case = file(house, unit_id=house.units["obras"])
    made = begin_person(
        access=house.access(Role.QUALITY_MANAGER), person_id=case.person_id, now=timezone.now()
    )
    prepare(made.pk)
    address = f"/{house.slug}/gestion/expedientes/{made.pk}/archivo/"
    manager = house.client(Role.QUALITY_MANAGER)
    assert manager.get(address).status_code == 200
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    assert manager.get(address).status_code == 409
