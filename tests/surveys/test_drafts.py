# SPDX-License-Identifier: EUPL-1.2
"""How something will be measured is shown to the staff, commented, answered, and only then decided."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.kernel.errors import Refused
from siac.surveys.commands.surveys import save_survey
from siac.surveys.domain.bonus import LEY_20342
from siac.surveys.drafts.commands import (
    answer_comment,
    ask_association,
    comment,
    decide_draft,
    save_draft,
)
from siac.surveys.drafts.queries import heard_on, kept_steps, table_of
from siac.surveys.models import Draft, DraftAssociation, DraftComment, DraftState
from tests.factories import NOW, House
from tests.words import words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)
UNTIL = TODAY + timedelta(days=9)
AFTER = NOW + timedelta(days=10)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    for page in ("workspace", "portal"):
        monkeypatch.setattr(f"siac.surveys.drafts.{page}.current_time", lambda: NOW)


def written(house: House, survey, **fields) -> Draft:
    given = {
        "name": "Satisfacción 2026", "population": "Personas usuarias", "sample": "600 al azar",
        "measured_by": "Calidad", "first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31),
        "good_from": 6, "bad_to": 4, "open_until": UNTIL, **fields,
    }  # fmt: skip
    return save_draft(
        institution=house.institution, actor=None, now=given.pop("now", NOW), survey=survey, **given
    )


def said(house: House, draft: Draft, **fields) -> DraftComment:
    given = {"user": house.user(Role.FRONT_DESK), "text": "Muy pocos días", "now": NOW, **fields}
    return comment(institution=house.institution, draft_id=draft.pk, **given)


def answered(house: House, row: DraftComment, **fields) -> DraftComment:
    given = {"verdict": "accepted", "why": "Es cierto", **fields}
    return answer_comment(
        institution=house.institution, actor=None, now=NOW, draft_id=row.draft_id, comment_id=row.pk, **given
    )


def decided(house: House, draft: Draft, **fields) -> None:
    given = {"decision": "Se mide así", "now": AFTER, **fields}
    decide_draft(institution=house.institution, actor=None, draft_id=draft.pk, **given)


def test_a_measurement_is_decided_once_all_were_heard_and_answered(house, survey):
    draft = written(house, survey, open_until=None)
    with pytest.raises(Refused, match="draft_unheard"):
        decided(house, draft)
    with pytest.raises(Refused, match="draft_shut"):
        said(house, draft)
    draft = written(house, survey, draft=draft)
    row = said(house, draft)
    with pytest.raises(Refused, match="draft_open"):
        decided(house, draft, now=NOW)
    with pytest.raises(Refused, match="draft_unanswered"):
        decided(house, draft)
    answered(house, row)
    with pytest.raises(Refused, match="saved_meanwhile"):
        decided(house, draft, based_on=draft.version + 1)
    decided(house, draft, based_on=draft.version)
    draft.refresh_from_db()
    assert (draft.state(TODAY), draft.decided_on) == (DraftState.DECIDED, date(2026, 9, 17))
    for refused in (
        lambda: decided(house, draft),
        lambda: written(house, survey, draft=draft, sample="Menos"),
        lambda: answered(house, row, verdict="declined"),
        lambda: ask_association(
            institution=house.institution, actor=None, now=NOW, draft_id=draft.pk, name="Otra"
        ),
    ):
        with pytest.raises(Refused, match="draft_decided"):
            refused()
    with pytest.raises(Refused, match="draft_shut"):
        said(house, draft)


def test_comments_end_with_their_day(house, survey):
    draft = written(house, survey)
    said(house, draft, now=NOW + timedelta(days=9))
    with pytest.raises(Refused, match="draft_shut"):
        said(house, draft, now=AFTER)


def test_a_changed_draft_is_a_version_and_opens_anew_only_where_a_day_is_said(house, survey):
    draft = written(house, survey)
    outside = ask_association(
        institution=house.institution, actor=None, now=NOW, draft_id=draft.pk, name="Anef"
    )
    first = said(house, draft, user=None, association=outside)
    with pytest.raises(Refused, match="draft_link_used"):
        said(house, draft, user=None, association=outside)
    changed = written(house, survey, draft=draft, sample="900 al azar", open_until=None, now=AFTER)
    assert (changed.version, changed.state(date(2026, 9, 17))) == (2, DraftState.CLOSED)
    anew = written(house, survey, draft=draft, sample="900", open_until=date(2026, 9, 30), now=AFTER)
    second = said(house, anew, user=None, association=outside, now=AFTER)
    assert (first.draft_version, second.draft_version) == (1, 3)
    with pytest.raises(Refused, match="saved_meanwhile"):
        written(house, survey, draft=draft, sample="5", based_on=1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"last_on": date(2026, 9, 1)}, "draft_days"),
        ({"good_from": 4}, "draft_grades"),
        ({"open_until": TODAY}, "draft_day"),
    ],
)
def test_a_draft_out_of_order_is_refused_whole(house, survey, fields, code):
    with pytest.raises(Refused, match=code):
        written(house, survey, **fields)
    assert not Draft.objects.exists()


def test_a_draft_keeps_the_questions_that_were_commented(house, survey):
    draft = written(house, survey)
    raw = {**survey.questionnaire, "sections": survey.questionnaire["sections"][:1]}
    save_survey(institution=house.institution, actor=None, now=NOW, survey=survey, questionnaire=raw)
    page = house.client(Role.FRONT_DESK).get(f"/{house.slug}/gestion/encuestas/mediciones/{draft.pk}/")
    assert "¿Recomendaría este canal" in words(page)
    assert "La encuesta cambió después" in words(page)


def test_who_answers_second_learns_that_somebody_did(house, survey):
    row = said(house, written(house, survey))
    answered(house, row, based_on=0)
    with pytest.raises(Refused, match="saved_meanwhile"):
        answered(house, row, based_on=0, verdict="declined")
    row.refresh_from_db()
    assert row.verdict == "accepted"


def test_the_whole_way_goes_by_pages(house, survey, monkeypatch):
    client, here = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/encuestas/mediciones/"
    sent = {
        "name": "Neta 2026", "survey_id": survey.pk, "population": "Todas", "sample": "600",
        "measured_by": "Entidad externa", "first_on": "2026-10-01", "last_on": "2026-10-31",
        "good_from": "6", "bad_to": "4", "demanded-0-at_least": "0", "demanded-0-gives": "2",
        "paid-0-at_least": "0", "paid-0-gives": "100",
    }  # fmt: skip
    assert client.post(f"{here}nueva/", {**sent, "good_from": "²"}).status_code == 422
    assert client.post(f"{here}nueva/", sent).status_code == 302
    draft = Draft.objects.get()
    desk = house.client(Role.FRONT_DESK)
    assert desk.get(f"{here}{draft.pk}/").status_code == 404  # nobody else sees it yet
    assert "Neta 2026" not in words(desk.get(here))
    opened = {**sent, "open_until": "2026-09-16", "based_on": "1"}
    assert client.post(f"{here}{draft.pk}/cambiar/", opened).status_code == 302
    client.post(f"{here}{draft.pk}/asociacion/", {"name": "Asociación de Funcionarios"})
    outside = DraftAssociation.objects.get()
    assert f"/medicion/{outside.token}/" in words(client.get(f"{here}{draft.pk}/"))
    assert outside.token not in words(desk.get(f"{here}{draft.pk}/"))
    assert desk.post(f"{here}{draft.pk}/comentar/", {"text": "=HOY() <b>Poco</b>"}).status_code == 302
    door = f"/{house.slug}/medicion/{outside.token}/"
    assert "Puede comentar una vez" in words(house.client().get(door))
    assert house.client().post(door, {"text": ""}).status_code == 422
    assert house.client().post(door, {"text": "Falta preguntar en papel"}).status_code == 302
    assert house.client().post(door, {"text": "Otra vez"}).status_code == 422
    for row in DraftComment.objects.all():
        reply = f"{here}{draft.pk}/comentarios/{row.pk}/"
        assert desk.post(reply, {"verdict": "partly", "why": "No"}).status_code == 403
        assert client.post(reply, {"verdict": "partly", "why": "Se suma papel"}).status_code == 302
    assert "Se suma papel" in words(house.client().get(door))
    sent = {"decision": "Así se mide", "based_on": "1"}
    assert client.post(f"{here}{draft.pk}/decidir/", sent).status_code == 422
    monkeypatch.setattr("siac.surveys.drafts.workspace.current_time", lambda: AFTER)
    assert (
        client.post(f"{here}{draft.pk}/decidir/", {"decision": "Así se mide", "based_on": "1"}).status_code
        == 302
    )
    page = words(desk.get(f"{here}{draft.pk}/"))
    assert "Así se mide" in page
    assert "&lt;b&gt;Poco" in page
    grown = words(client.get(f"/{house.slug}/gestion/encuestas/{survey.pk}/crecimiento/"))
    assert "tras 2 comentarios, 2 acogidos" in grown


def test_the_decided_steps_are_those_that_growth_goes_by(house, survey):
    assert table_of(heard_on(survey)) == LEY_20342
    own = kept_steps(LEY_20342.demanded[:2])
    draft = written(house, survey, demanded=own, paid=kept_steps(LEY_20342.paid))
    decided(house, draft)
    table = table_of(heard_on(survey))
    assert (table.demanded, table.paid) == (LEY_20342.demanded[:2], LEY_20342.paid)


def test_a_link_or_a_draft_of_another_body_opens_nothing(house, other_house, survey):
    draft = written(house, survey)
    outside = ask_association(
        institution=house.institution, actor=None, now=NOW, draft_id=draft.pk, name="Anef"
    )
    assert house.client().get(f"/{other_house.slug}/medicion/{outside.token}/").status_code == 404
    other = other_house.client(Role.QUALITY_MANAGER)
    assert other.get(f"/{other_house.slug}/gestion/encuestas/mediciones/{draft.pk}/").status_code == 404


def test_a_comment_that_is_sent_twice_is_there_once(house, survey):
    row = written(house, survey)
    user = house.user(Role.FRONT_DESK)
    for text in ("Falta el turno de noche.", "Falta el turno de noche.", "Y el de tarde."):
        comment(institution=house.institution, now=NOW, draft_id=row.pk, text=text, user=user)
    comment(
        institution=house.institution, now=NOW, draft_id=row.pk, text="Y el de tarde.",
        user=house.user(Role.QUALITY_MANAGER),
    )  # fmt: skip
    assert [each.text for each in row.comments.order_by("pk")] == [
        "Falta el turno de noche.", "Y el de tarde.", "Y el de tarde.",
    ]  # fmt: skip
