# SPDX-License-Identifier: EUPL-1.2
"""What was found wrong is kept with who answers for it, until it is solved or dismissed."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.findings.domain.subjects import register_finding_subject
from siac.findings.models import FindingNumber
from siac.findings.public import (
    Finding,
    Named,
    Severity,
    Source,
    Step,
    Subject,
    change_finding,
    findings_about,
    follow_finding,
    open_finding,
    overdue_findings,
    visible_findings,
)
from siac.findings.registration import number_problems
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.organizations.public import grant_role
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIELDS = {"title": "Falta el letrero", "severity": Severity.MODERATE}
FORM = {
    "title": "Falta el letrero", "source": "audit", "severity": "1", "unit_id": "", "responsible_id": "",
    "due_on": "2026-10-05",
}  # fmt: skip


def opened(house, **changes) -> Finding:
    values = {"source": Source.AUDIT, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW, **FIELDS}
    return open_finding(institution=house.institution, **{**values, **changes})


def followed(house, row: Finding, step: Step, *, role=Role.QUALITY_MANAGER, body="Se hizo."):
    return follow_finding(
        institution=house.institution, finding_id=row.pk, step=step, body=body, actor=house.user(role),
        now=NOW + DAY,
    )  # fmt: skip


def base(house) -> str:
    return f"/{house.slug}/gestion/hallazgos/"


def test_findings_are_numbered_without_gaps_in_each_body_and_year(house, other_house):
    found = [opened(house).code, opened(house).code, opened(house, now=NOW + 200 * DAY).code]
    assert found == ["H-2026-1", "H-2026-2", "H-2027-1"]
    assert opened(other_house).code == "H-2026-1"
    assert list(number_problems(house.institution.pk)) == []
    FindingNumber.objects.filter(institution=house.institution, year=2026).update(last=3)
    assert len(list(number_problems(house.institution.pk))) == 1


def test_a_finding_goes_from_open_to_solved_and_back_and_tells_of_it(house):
    row = opened(house)
    followed(house, row, Step.ACT)
    followed(house, row, Step.SOLVE)
    row.refresh_from_db()
    assert (row.state, row.settled_at) == ("solved", NOW + DAY)
    with pytest.raises(Refused, match="finding_step"):
        followed(house, row, Step.ACT)
    with pytest.raises(Refused, match="finding_settled"):
        change_finding(
            institution=house.institution, finding_id=row.pk, actor=house.user(Role.QUALITY_MANAGER), now=NOW,
            **{**FIELDS, "title": "Otro"},
        )  # fmt: skip
    followed(house, row, Step.REOPEN)
    row.refresh_from_db()
    assert (row.state, row.settled_at) == ("open", None)
    kinds = [entry.kind for entry in history(house.institution.pk, row.stream)]
    assert kinds.count("findings.followed") == 3 and kinds.count("findings.opened") == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " \u200b "}, "finding_title"),
        ({"unit_id": 10**9}, "unit_unknown"),
        ({"responsible_id": 10**9}, "finding_responsible"),
        ({"subject": Subject("nothing", 1)}, "finding_subject"),
        ({"detail": "x" * 10_001}, "text_too_long"),
    ],
)
def test_what_a_finding_cannot_be_is_refused(house, changes, code):
    with pytest.raises(Refused, match=code):
        opened(house, **changes)
    assert not Finding.objects.exists()


def test_nobody_answers_for_what_they_cannot_open_and_who_answers_goes_on(house):
    desk, head = house.user(Role.FRONT_DESK), house.user(Role.HEAD_OF_UNIT)
    with pytest.raises(Refused, match="finding_responsible"):
        opened(house, responsible_id=desk.pk)
    row = opened(house, responsible_id=head.pk)
    keeper, url = house.client(Role.QUALITY_MANAGER), f"{base(house)}{row.pk}/cambiar/"
    assert f">{desk.name}<" not in keeper.get(url).content.decode()
    sent = {**FORM, "title": "Con otro título"}
    assert keeper.post(url, {**sent, "responsible_id": desk.pk}).status_code == 422
    Finding.objects.filter(pk=row.pk).update(responsible=desk)  # a right lost since
    assert f">{desk.name}<" in keeper.get(url).content.decode()
    assert keeper.post(url, {**sent, "responsible_id": desk.pk}).status_code == 302
    row.refresh_from_db()
    assert (row.responsible_id, row.title) == (desk.pk, "Con otro título")


def test_nothing_is_followed_without_a_word(house):
    with pytest.raises(Refused, match="finding_note"):
        followed(house, opened(house), Step.SOLVE, body=" ")


def test_a_head_sees_and_follows_what_is_of_the_own_unit_or_theirs_to_answer(house):
    head = house.user(Role.HEAD_OF_UNIT)
    own = opened(house, unit_id=house.units["obras-calle"], title="De la unidad")
    theirs = opened(house, unit_id=house.units["oirs"], responsible_id=head.pk, title="A su cargo")
    other = opened(house, unit_id=house.units["oirs"], title="De otra unidad")
    browser = house.client(Role.HEAD_OF_UNIT)
    page = browser.get(base(house)).content.decode()
    assert "De la unidad" in page and "A su cargo" in page and "De otra unidad" not in page
    assert browser.get(f"{base(house)}{other.pk}/").status_code == 404
    for row in (own, theirs):
        sent = browser.post(f"{base(house)}{row.pk}/", {"body": "Hecho", "step": "solve"})
        assert sent.status_code == 302
    assert set(Finding.objects.filter(state="solved")) == {own, theirs}
    assert browser.post(f"{base(house)}{own.pk}/", {"body": "No era", "step": "reopen"}).status_code == 422


def test_of_another_body_nothing_is_seen_changed_or_followed(house, other_house):
    row = opened(house)
    browser = other_house.client(Role.QUALITY_MANAGER)
    for url in (f"{base(other_house)}{row.pk}/", f"{base(other_house)}{row.pk}/cambiar/"):
        assert browser.get(url).status_code == 404
    with pytest.raises(Refused, match="finding_unknown"):
        followed(other_house, row, Step.SOLVE)


def test_a_finding_is_opened_changed_and_listed_on_the_pages(house):
    keeper = house.client(Role.QUALITY_MANAGER)
    wrong = keeper.post(f"{base(house)}nuevo/", {**FORM, "title": ""})
    assert wrong.status_code == 422 and "Escriba qué se encontró." in wrong.content.decode()
    sent = keeper.post(f"{base(house)}nuevo/", FORM)
    row = Finding.objects.get()
    assert sent["Location"] == f"{base(house)}{row.pk}/" and row.due_on == date(2026, 10, 5)
    keeper.post(f"{base(house)}{row.pk}/cambiar/", {**FORM, "severity": "3"})
    row.refresh_from_db()
    assert row.severity == Severity.MINOR
    for query, seen in (("", True), ("?gravedad=3", True), ("?gravedad=1", False), ("?estado=solved", False)):
        assert ("Falta el letrero" in keeper.get(base(house) + query).content.decode()) is seen
    handed = b"".join(keeper.get(f"{base(house)}?formato=csv").streaming_content).decode("utf-8-sig")
    assert handed.splitlines()[1].startswith("H-2026-1;Falta el letrero;Menor;Auditoría interna")


def test_findings_about_a_thing_are_named_by_the_context_that_has_it(house, monkeypatch):
    monkeypatch.setattr("siac.findings.domain.subjects._NAMES", {})
    register_finding_subject("visit", lambda access, pks: {7: Named("Visita 7", "/visita/7")})
    with pytest.raises(ValueError, match="twice"):
        register_finding_subject("visit", lambda access, pks: {})
    row, gone = (opened(house, subject=Subject("visit", pk)) for pk in (7, 8))
    access = house.access(Role.QUALITY_MANAGER)
    assert list(findings_about(access, Subject("visit", 7))) == [row]
    keeper = house.client(Role.QUALITY_MANAGER)
    assert 'href="/visita/7"' in keeper.get(f"{base(house)}{row.pk}/").content.decode()
    assert "Trata de" not in keeper.get(f"{base(house)}{gone.pk}/").content.decode()


def test_what_is_overdue_waits_and_what_is_settled_does_not(house):
    late = opened(house, due_on=house.today() - DAY)
    solved = opened(house, due_on=house.today() - DAY)
    opened(house, due_on=house.today())
    followed(house, solved, Step.DISMISS)
    access = house.access(Role.QUALITY_MANAGER)
    assert list(overdue_findings(access, today=house.today())) == [late]
    assert not visible_findings(house.access(Role.FRONT_DESK)).exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_few_statements_whatever_its_length(house, count):
    for _ in range(count):
        opened(house, unit_id=house.units["obras"], responsible_id=house.user(Role.HEAD_OF_UNIT).pk)
    keeper = house.client(Role.QUALITY_MANAGER)
    keeper.get(base(house))
    with at_most(8):
        assert keeper.get(base(house)).status_code == 200


def test_who_keeps_the_findings_of_one_unit_keeps_those_of_no_other(house):
    """Somebody keeps quality in one unit, and leads another whose findings they see."""
    both = house.user(Role.HEAD_OF_UNIT)
    grant_role(
        institution=house.institution, email=both.email, name=both.name, role=Role.QUALITY_MANAGER,
        unit_id=house.units["oirs"], actor=None, now=NOW,
    )  # fmt: skip
    theirs, others = (opened(house, unit_id=house.units[code]) for code in ("oirs", "obras"))
    browser = house.client(Role.HEAD_OF_UNIT)
    assert browser.get(f"{base(house)}{theirs.pk}/cambiar/").status_code == 200
    assert browser.get(f"{base(house)}{others.pk}/cambiar/").status_code == 403
    assert "Cambiar" not in browser.get(f"{base(house)}{others.pk}/").content.decode().split("<main")[1]
    sent = browser.post(f"{base(house)}nuevo/", {**FORM, "unit_id": str(house.units["obras"])})
    assert sent.status_code == 403 and Finding.objects.count() == 2


def test_nobody_saves_a_finding_over_what_another_one_saved(house):
    row, keeper = opened(house), house.client(Role.QUALITY_MANAGER)
    url = f"{base(house)}{row.pk}/cambiar/"
    assert 'name="based_on" value="0"' in keeper.get(url).content.decode()
    assert keeper.post(url, {**FORM, "title": "Falta el letrero grande", "based_on": "0"}).status_code == 302
    late = keeper.post(url, {**FORM, "severity": "3", "based_on": "0"})
    page = words(late)
    assert late.status_code == 422
    assert "Qué se encontró: quedó Falta el letrero grande; usted escribió Falta el letrero" in page
    assert 'name="based_on" value="1"' in late.content.decode()
    row.refresh_from_db()
    assert (row.title, row.saves) == ("Falta el letrero grande", 1)
    assert keeper.post(url, {**FORM, "severity": "3", "based_on": "1"}).status_code == 302
