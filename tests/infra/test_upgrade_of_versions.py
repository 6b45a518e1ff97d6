# SPDX-License-Identifier: EUPL-1.2
"""What a body had set up before saves were kept stays, and keeps how it was when it is saved next; so do
rows that another context has today.
"""

import pytest

from siac.accounts.public import Role
from siac.cases.models import CaseKind, Cause, KindVersion
from siac.cases.public import save_kind
from siac.catalogue.public import Topic, save_topic
from siac.charters.models import CharterEdition
from siac.charters.queries import editions
from siac.journal.public import verify_institution
from siac.mailroom.public import IncomingPaper, NewPaper, PaperType, register_paper
from siac.organizations.public import Unit, away, save_unit
from siac.statutory.public import BookSheet
from tests.factories import NOW, make_house
from tests.upgrading import migrated, to_newest

pytestmark = [pytest.mark.postgres]
BEFORE = [
    ("cases", "0020_answers_by_text_message"),
    ("catalogue", "0001_initial"),
    ("charters", "0001_initial"),
    ("organizations", "0010_sheets_and_practice_bodies_are_long_works"),
]


def fill_what_moved(house, get, **body):
    """Look for what today's command wrote, and write what other contexts have today."""
    assert get("cases", "IncomingPaper").objects.get(**body).summary == "Una carta"
    site = {**body, "service_point_id": house.point}
    get("cases", "BookCounter").objects.create(**site, first=7, last=7)
    get("cases", "BookSheet").objects.create(
        **site, number=7, written_at=NOW, void_reason="Rota", registered_at=NOW
    )
    worker = house.user(Role.UNIT_OFFICER).pk
    get("cases", "Absence").objects.create(
        **body, user_id=worker, starts_on=house.today(), ends_on=house.today()
    )


def check_what_moved(house):
    """What other contexts have today is what was written before."""
    body = {"institution": house.institution}
    assert IncomingPaper.objects.get(**body).code == "OP-2026-000001"
    assert BookSheet.objects.get(**body).void_reason == "Rota"
    assert list(away(house.institution, house.today())) == [house.user(Role.UNIT_OFFICER).pk]


@pytest.fixture
def upgraded(real_commits):
    """A house that was set up before saves were kept, in a database of today."""
    house = make_house()
    register_paper(
        institution=house.institution, paper=NewPaper(PaperType.LETTER, "Una carta"), actor=None, now=NOW
    )
    get = migrated(BEFORE)
    try:
        body = {"institution_id": house.institution.pk}
        get("cases", "Cause").objects.create(**body, name="Demora", code="demora", sort_key="demora")
        topic = get("catalogue", "Topic").objects.create(**body, name="Luz", code="luz", sort_key="luz")
        get("cases", "AnswerTemplate").objects.create(**body, title="Gracias", body="Hola")
        fill_what_moved(house, get, **body)
    finally:
        to_newest()
    return house, Topic.objects.get(pk=topic.pk)


def test_what_stood_is_the_first_version_of_what_is_saved_next(upgraded):
    house, topic = upgraded
    check_what_moved(house)
    kinds = KindVersion.objects.count()
    common = {"institution": house.institution, "actor": house.user(Role.ADMINISTRATOR), "now": NOW}
    assert (topic.version, topic.versions.count()) == (1, 0)
    save_topic(**common, topic=topic, name="Luz y gas", based_on=1)
    assert dict(topic.versions.values_list("number", "fields__name")) == {1: "Luz", 2: "Luz y gas"}
    unit = Unit.objects.get(pk=house.units["obras"])
    save_unit(**common, unit=unit, code=unit.code, name="Obras públicas", based_on=1)
    assert [version.fields["name"] for version in unit.versions.all()] == ["Obras públicas", unit.name]
    assert Cause.objects.get(code="demora").version == 1
    kind = CaseKind.objects.get(pk=house.kinds["reclamo"].pk)
    save_kind(**common, kind=kind, hint="Otra", based_on=kind.version)
    assert KindVersion.objects.count() == kinds + 1
    assert [version.based_on for version in kind.versions.all()] == [kind.version, None]
    edition = CharterEdition.objects.get()
    assert (edition.saved_by, edition.saved_at) == (None, None)
    ((_, told),) = editions(house.institution)
    assert [(version.number, version.at, version.who, version.changes) for version in told] == [
        (1, None, "", [])
    ]
    assert verify_institution(house.institution.pk).problems == []
