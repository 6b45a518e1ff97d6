# SPDX-License-Identifier: EUPL-1.2
"""Why a finding came about is asked up to five times, and what was thought before stays; and findings are
opened from the page of what showed them.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import now as current_time

from siac.accounts.public import Role
from siac.cases.public import code_cause, save_cause
from siac.findings.domain.root_causes import asked
from siac.findings.domain.subjects import Subject, as_address, from_address
from siac.findings.public import (
    Finding,
    Severity,
    Source,
    Step,
    follow_finding,
    open_finding,
    root_causes_of,
    write_root_cause,
)
from siac.journal.public import history
from siac.kernel.errors import Refused
from tests.factories import NOW, answer, file
from tests.words import words

WHYS = ["Nadie fue a ver", "La cuadrilla no supo", "El aviso queda en papel"]


def found(house) -> Finding:
    return open_finding(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW, source=Source.AUDIT,
        title="Se demora la visita", severity=Severity.GRAVE, unit_id=house.units["obras"],
    )  # fmt: skip


def why(house, row, *whys, category="method", based_on=None, role=Role.QUALITY_MANAGER):
    return write_root_cause(
        institution=house.institution, finding_id=row.pk, category=category, whys=whys or WHYS,
        actor=house.user(role), now=NOW, based_on=based_on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["a", " ", "b", ""], ["a", "b"]),
        (["  dos   palabras "], ["dos palabras"]),
        (["x" * 400], ["x" * 300]),
        ([" \u200b "], []),
    ],
)
def test_only_answers_that_say_something_are_whys(typed, kept):
    assert asked(typed) == kept


@pytest.mark.parametrize(
    "text", ["", "cause", "cause-", "cause-x", "cause-1-", "nothing-1", f"cause-{'9' * 19}", "cause-²"]
)
def test_an_address_that_means_nothing_is_no_subject(text):
    assert from_address(text) is None
    assert from_address(as_address(Subject("cause", 12))) == Subject("cause", 12)


@pytest.mark.django_db
def test_a_root_cause_is_written_anew_and_the_one_before_stays_with_who_and_when(house):
    row = found(house)
    assert why(house, row, based_on=0).root == "El aviso queda en papel"
    why(house, row, "Otra cosa", category="means", based_on=1, role=Role.HEAD_OF_UNIT)
    assert why(house, row, "Otra cosa", category="means").number == 2, "nothing differs: no version"
    assert [(each.number, each.whys) for each in row.root_causes.all()] == [(2, ["Otra cosa"]), (1, WHYS)]
    assert root_causes_of(house.institution, [row.pk])[row.pk].category == "means"
    entries = history(house.institution.pk, row.stream)
    assert [each.data["number"] for each in entries if each.kind == "findings.root_cause"] == [1, 2]
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/hallazgos/{row.pk}/")
    assert "Medios y equipos: Otra cosa" in words(page) and "Versión 1" in words(page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"whys": [" "]}, "root_cause_whys"),
        ({"whys": list("abcdef")}, "root_cause_many"),
        ({"category": "luck"}, "root_cause_category"),
        ({"finding_id": 10**9}, "finding_unknown"),
        ({"based_on": 3}, "saved_meanwhile"),
    ],
)
def test_what_a_root_cause_cannot_be_is_refused(house, changes, code):
    values = {"finding_id": found(house).pk, "category": "people", "whys": WHYS} | changes
    with pytest.raises(Refused, match=code):
        write_root_cause(
            institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW, **values
        )


@pytest.mark.django_db
def test_a_dismissed_finding_has_no_cause_to_look_for(house):
    row = found(house)
    follow_finding(
        institution=house.institution, finding_id=row.pk, step=Step.DISMISS, body="No era así",
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    with pytest.raises(Refused, match="finding_dismissed"):
        why(house, row)


@pytest.mark.django_db
def test_the_page_asks_why_keeps_what_was_typed_and_is_closed_to_readers(house):
    row = found(house)
    url = f"/{house.slug}/gestion/hallazgos/{row.pk}/causa/"
    head = house.client(Role.HEAD_OF_UNIT)
    sent = {"why_1": "", "why_2": "El aviso queda en papel", "category": "method", "based_on": "0"}
    refused = head.post(url, sent)
    assert refused.status_code == 422 and "El aviso queda en papel" in refused.content.decode()
    assert head.post(url, {**sent, "why_1": "Nadie fue"}).status_code == 302
    assert head.post(url, {**sent, "why_1": "Otro"}).status_code == 422, "somebody wrote meanwhile"
    assert house.client(Role.AUDITOR).get(url).status_code == 403


@pytest.mark.django_db
def test_a_finding_is_opened_from_a_cause_that_comes_back(house):
    keeper = house.user(Role.QUALITY_MANAGER)
    now = current_time()
    cause = save_cause(institution=house.institution, name="Demora", actor=keeper, now=now)
    house.institution.refresh_from_db()
    for day in range(3):
        case = file(house, now=now - timedelta(days=20 + day))
        answer(house, case, now=now - timedelta(days=2))
        case.refresh_from_db()
        code_cause(
            institution=house.institution, case_id=case.pk, version=case.version, cause_id=cause.pk,
            actor=keeper, now=now,
        )  # fmt: skip
    client, page = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/causas/"
    opens = f"/{house.slug}/gestion/hallazgos/nuevo/?trata=cause-{cause.pk}"
    assert opens in client.get(page).content.decode()
    assert opens not in house.client(Role.AUDITOR).get(page).content.decode()
    form = client.get(opens).content.decode()
    assert "Reclamos por «Demora»" in form
    sent = {
        "title": "Reclamos por «Demora»", "source": "complaints", "severity": "1", "unit_id": "",
        "responsible_id": "",
    }  # fmt: skip
    assert client.post(opens, sent).status_code == 302
    row = Finding.objects.get()
    assert (row.source, row.subject_kind, row.subject_id) == ("complaints", "cause", cause.pk)
    assert row.code in client.get(page).content.decode()


@pytest.mark.django_db
def test_a_thing_of_another_body_is_no_subject(house, other_house):
    keeper = other_house.user(Role.QUALITY_MANAGER)
    cause = save_cause(institution=other_house.institution, name="Trato", actor=keeper, now=NOW)
    client = house.client(Role.QUALITY_MANAGER)
    page = client.get(f"/{house.slug}/gestion/hallazgos/nuevo/?trata=cause-{cause.pk}")
    assert "Trato" not in page.content.decode()
