# SPDX-License-Identifier: EUPL-1.2
"""Pages of `surveys`."""

from datetime import datetime, timedelta
from decimal import Decimal

from siac.accounts.public import Role
from siac.people.public import PersonData, save_people
from siac.surveys.models import Invitation, PanelMember, PaperEntry, SurveyAnswer
from siac.surveys.public import (
    MODELS,
    Listed,
    ask_association,
    bring_roll,
    comment,
    draw_wave,
    dump,
    save_draft,
    save_link,
    save_panel,
    save_survey,
)
from tests.architecture.samples import checklists
from tests.architecture.samples.whom import FILERS, HOUSE, INDICATORS, KEEPERS, Made, Sample, with_
from tests.factories import House

_SURVEY, _LINK = with_(survey_id="survey"), with_(survey_id="survey", link_id="survey_link")
BONUS = frozenset({Role.AUTHORITY, Role.AUDITOR})
_ROLL = with_(roll_id="bonus_roll")
_DRAFT = with_(draft_id="survey_draft")
_WAVE = with_(survey_id="survey", wave_id="survey_wave")


def _in_english(made: Made) -> dict[str, object]:
    return {"survey_id": made["survey"], "language": "en"}


def _contexts(made: Made) -> dict[str, object]:
    return {"survey_id": made["survey"], "code": "contexto"}


_SEEING = INDICATORS - {Role.COMMUNICATIONS, Role.PEOPLE_MANAGER}
SAMPLES = {
    "workspace:surveys:surveys": Sample(_SEEING),
    "workspace:surveys:survey": Sample(_SEEING, _SURVEY),
    "workspace:surveys:preview": Sample(_SEEING, _SURVEY),
    "workspace:surveys:export": Sample(_SEEING, _SURVEY),
    "workspace:surveys:export_xlsform": Sample(_SEEING, _SURVEY),
    "workspace:surveys:begin": Sample(KEEPERS),
    "workspace:surveys:edit": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:results": Sample(_SEEING, _SURVEY),
    "workspace:surveys:weighing": Sample(_SEEING, _SURVEY),
    "workspace:surveys:gaps": Sample(_SEEING, with_(survey_id="survey_twice")),
    "workspace:surveys:growth": Sample(_SEEING, _SURVEY),
    "workspace:surveys:load": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:texts": Sample(_SEEING, _contexts),
    "workspace:surveys:take": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:sending": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:branches": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:wave_new": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:wave": Sample(_SEEING, _WAVE),
    "workspace:surveys:wave_send": Sample(KEEPERS, _WAVE, post=True),
    "workspace:surveys:link_new": Sample(KEEPERS, _SURVEY),
    "workspace:surveys:link": Sample(KEEPERS, _LINK),
    "workspace:surveys:poster": Sample(_SEEING, _LINK),
    "workspace:surveys:entries": Sample(FILERS),
    "workspace:surveys:call": Sample(FILERS, _SURVEY),
    "workspace:surveys:paper": Sample(FILERS, _SURVEY),
    "workspace:surveys:paper_again": Sample(FILERS, with_(paper_id="survey_paper")),
    "workspace:surveys:paper_drop": Sample(FILERS, with_(paper_id="survey_paper"), post=True),
    "portal:surveys:answer": Sample(arguments=with_(token="survey_token")),
    "portal:surveys:refuse": Sample(arguments=with_(token="survey_invitation")),
    "portal:surveys:thanks": Sample(arguments=with_(token="survey_token")),
    "workspace:surveys:rolls": Sample(BONUS),
    "workspace:surveys:roll": Sample(BONUS, _ROLL),
    "workspace:surveys:roll_new": Sample(frozenset({Role.AUTHORITY})),
    "workspace:surveys:roll_erase": Sample(frozenset({Role.AUTHORITY}), _ROLL, post=True),
    "workspace:surveys:drafts": Sample(HOUSE),
    "workspace:surveys:draft": Sample(HOUSE, _DRAFT),
    "workspace:surveys:draft_say": Sample(HOUSE, _DRAFT),
    "workspace:surveys:draft_new": Sample(KEEPERS),
    "workspace:surveys:draft_edit": Sample(KEEPERS, _DRAFT),
    "workspace:surveys:draft_invite": Sample(KEEPERS, _DRAFT),
    "workspace:surveys:draft_decide": Sample(KEEPERS, _DRAFT),
    "workspace:surveys:draft_reply": Sample(
        KEEPERS, with_(draft_id="survey_draft", comment_id="draft_comment")
    ),
    "portal:surveys:draft_outside": Sample(arguments=with_(token="draft_token")),
    "workspace:surveys:panel": Sample(_SEEING),
    "workspace:surveys:panel_change": Sample(KEEPERS),
    "workspace:surveys:panel_bring": Sample(KEEPERS),
    "portal:surveys:panel": Sample(),
    "portal:surveys:panel_sent": Sample(),
    "portal:surveys:panel_left": Sample(),
    "portal:surveys:panel_door": Sample(arguments=with_(token="panel_token")),
    "workspace:surveys:translate": Sample(KEEPERS, _in_english),
    **checklists.SAMPLES,
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a survey with the short questionnaire, and a door to it."""
    model = MODELS["short"]
    row = save_survey(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=now, name="Breve",
        title=model.title, intro=model.intro, thanks=model.thanks, questionnaire=dump(model.questionnaire),
    )  # fmt: skip
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            id=row.pk * 100 + number, institution=house.institution, survey=row, version=1, way="link",
            answered_on=house.today(now).replace(day=1) - timedelta(days=1), is_complete=True,
            is_settled=True, answers={},
        )
        for number in range(row.least)
    )  # fmt: skip
    link = save_link(
        institution=house.institution, actor=None, now=now, survey=row, name="Mesón", kind="link",
        point_id=house.point,
    )  # fmt: skip
    wave = draw_wave(
        institution=house.institution, survey=row, actor=None, now=now, name="Ola",
        listed=Listed(range(1, row.least + 1), "Lista"), size=row.least, seed=7,
        closes_on=house.today(now) + timedelta(days=9),
    )  # fmt: skip
    invited = Invitation.objects.create(
        institution=house.institution, survey=row, recipient="person:1", token="invitada",
        invited_on=house.today(now), closes_on=house.today(now),
    )  # fmt: skip
    paper = PaperEntry.objects.create(
        institution=house.institution, survey=row, version=1, key="p" * 32, mark="A-1",
        answers={"general": 7}, entered_by=house.user(Role.QUALITY_MANAGER), entered_on=house.today(now),
    )  # fmt: skip
    draft = save_draft(
        institution=house.institution, actor=None, now=now, survey=row, name="Medición",
        population="Personas usuarias", sample="500", measured_by="Calidad", first_on=house.today(now),
        last_on=house.today(now), good_from=6, bad_to=4, open_until=house.today(now) + timedelta(days=9),
    )  # fmt: skip
    roll = bring_roll(
        institution=house.institution, actor=None, now=now,
        content=b"codigo;nombre;desde;hasta\n1;Ana;1-1-2020;\n",
        source="n.csv", year=2025, paid_on=house.today(now), percent=Decimal(85), uf_then=Decimal(23_000),
        uf_now=Decimal(39_000),
    )  # fmt: skip
    common = {"institution": house.institution, "now": now, "draft_id": draft.pk}
    outside = ask_association(actor=None, name="Asociación", **common)
    said = comment(user=house.user(Role.FRONT_DESK), text="Muy poco tiempo.", **common)
    save_panel(institution=house.institution, actor=None, now=now, words="Acepto.", is_open=True)
    member = PanelMember.objects.create(
        institution=house.institution, person_id=save_people(house.institution.pk, [PersonData()], now)[0],
        token="de-panel", words="Acepto.", asked_on=house.today(now), agreed_on=house.today(now),
    )  # fmt: skip
    twice = MODELS["servqual"]
    asked_twice = save_survey(
        institution=house.institution, actor=None, now=now, name="Dos veces", title=twice.title,
        intro=twice.intro, thanks=twice.thanks, questionnaire=dump(twice.questionnaire),
    )  # fmt: skip
    return {
        "survey_twice": asked_twice.pk, "survey_wave": wave.pk, "survey": row.pk,
        "survey_link": link.pk, "survey_token": link.token,
        "survey_paper": paper.pk, "survey_invitation": invited.token, "panel_token": member.token,
        "bonus_roll": roll.pk, "survey_draft": draft.pk, "draft_token": outside.token,
        "draft_comment": said.pk,
        **checklists.make(house, made, now),
    }  # fmt: skip
