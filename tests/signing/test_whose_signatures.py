# SPDX-License-Identifier: EUPL-1.2
"""Of documents that somebody may not open, no page of signatures tells: list, number and page agree with
what finds them.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.signing.commands.asking import ask_signature
from siac.signing.domain.rights import SignRight
from siac.signing.domain.signables import signable, signables
from siac.signing.models import Signature
from siac.signing.queries import signatures
from siac.signing.tiles import TILE
from tests.factories import NOW, answer, file
from tests.policy.writing_it import approved as policy_approved
from tests.signing.test_other_acts import charter, minutes
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted(signing):
    """The letter of the answer to a case that few may know of, asked to be signed and held."""
    signing.client().post(signing.url("firmar/"))
    Signature.objects.update(state="held", signers=[{"name": "Ana Rojas"}])
    Case.objects.update(is_restricted=True, assignee=None, unit=signing.house.units["juridico"])
    return signing


def finds(access, row):
    of = signable(row.kind)
    if of is None:
        return False
    try:
        of.find(access, row.subject_id, NOW)
    except (Http404, PermissionDenied):
        return False
    return True


def test_each_role_is_told_of_those_documents_that_it_may_open_and_of_no_others(restricted):
    house = restricted.house
    ordinary = file(house, now=NOW - timedelta(days=3), unit_id=house.units["obras"])
    answer(house, ordinary, now=NOW)
    made = {"respuesta": ordinary.messages.get(kind="answer").pk}
    made |= {
        "acta": minutes(house)[0],
        "carta": charter(house)[0],
        "politica": policy_approved(house, name="Otro comité").pk,
    }
    for kind, subject in (*made.items(), ("nada", 1), ("carta", 999999)):
        ask_signature(
            institution=house.institution, kind=kind, subject_id=subject, title=f"Uno de {kind}", actor=None,
            now=NOW,
        )  # fmt: skip
    told = {}
    for role in Role:
        access = house.access(role)
        told[role] = {row.pk for row in signatures(access)}
        assert told[role] == {row.pk for row in Signature.objects.all() if finds(access, row)}, role
    assert len({frozenset(each) for each in told.values()}) > 3
    assert {each.kind for each in signables()} == {*made, "rendicion"}


@pytest.mark.parametrize("role", [Role.QUALITY_MANAGER, Role.HEAD_OF_UNIT, Role.ADMINISTRATOR])
def test_of_a_restricted_request_nothing_is_told(restricted, role):
    house, row, client = restricted.house, restricted.row(), restricted.client(role)
    assert house.access(role).has(SignRight.READ)
    page = client.get(f"/{house.slug}/gestion/firmas/")
    assert page.status_code == 200 and "No hay firmas" in words(page)
    assert restricted.case.folio not in page.content.decode()
    for act in ("", "firmado/", f"anulada/{row.pk}/"):
        assert client.get(restricted.url(act)).status_code == 404, act
    for name in ("annul", "reason"):
        address = reverse(f"workspace:signing:{name}", args=[house.slug, row.pk])
        assert client.get(address).status_code in (403, 404), name
    assert [rows.count() for rows in TILE.counted(house.access(role), NOW.date())] == [0]


def test_the_next_page_begins_behind_the_last_row_that_is_told(signing):
    """However many lie between that are not."""
    house = signing.house
    hidden = file(house, now=NOW - timedelta(days=3), unit_id=house.units["juridico"])
    answer(house, hidden, now=NOW)
    subjects = (signing.message, hidden.messages.get(kind="answer").pk)
    Case.objects.filter(pk=hidden.pk).update(is_restricted=True, assignee=None)
    for number in range(120):
        Signature.objects.create(
            institution=house.institution, kind="respuesta", subject_id=subjects[number % 2], state="stopped",
            title=f"Firma {number}", code=f"C{number}", created_at=NOW + timedelta(seconds=number),
        )  # fmt: skip
    client, told = signing.client(Role.QUALITY_MANAGER), []
    address = f"/{house.slug}/gestion/firmas/"
    while address:
        page = client.get(address)
        told.append([row.title for row, *_ in page.context["rows"]])
        address = page.context["listing"].next_url
    assert [len(each) for each in told] == [50, 10]
    assert told[0][0] == "Firma 118" and told[1][-1] == "Firma 0"
