# SPDX-License-Identifier: EUPL-1.2
"""Who makes a charter and by which decision: in versions, in the process, on paper without people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from siac.accounts.public import Role
from siac.charters.commands.drafting import start_edition
from siac.charters.flowing import flowing, frozen, unfrozen
from siac.charters.guiding import CHECKS
from siac.charters.models import CharterTeam, TeamVersion
from siac.charters.papers import PAPERS
from siac.charters.public import save_team
from siac.journal.public import JournalEntry
from siac.kernel.errors import Refused
from siac.organizations.public import memberships, revoke_role
from tests.charters.reading import text_of
from tests.factories import NOW, House, make_house
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def member(house: House, role: Role, part: str, office: str) -> dict[str, Any]:
    return {"user_id": house.user(role).pk, "role": part, "office": office}


def whole(house: House, **fields: Any) -> dict[str, Any]:
    return {
        "act": "Resolución 12", "decided_on": date(2026, 9, 1), "decision": "Hacer la carta",
        "lead_id": house.user(Role.AUTHORITY).pk, "lead_office": "Dirección",
        "mandate": "Prepararla en seis meses",
        "members": [
            member(house, Role.QUALITY_MANAGER, "coordination", "Encargada de calidad"),
            member(house, Role.FRONT_DESK, "front_line", "OIRS"),
        ],
        "training": [{"who": "Todas", "what": "Cartas", "on": date(2026, 9, 2), "hours": 8}],
        **fields,
    }  # fmt: skip


def save(house: House, **fields: Any) -> CharterTeam:
    return save_team(
        institution=house.institution, charter_id=house.commitment.edition.charter_id,
        actor=house.user(Role.QUALITY_MANAGER), now=NOW, **fields,
    ).row  # fmt: skip


def missing(house: House, code: str) -> list[tuple[bool, str]]:
    found = CHECKS[f"charters.{code}"][1](
        house.institution, house.commitment.edition.charter_id, house.today()
    )
    return [(each.is_error, each.text) for each in found]


def test_it_is_kept_in_versions_that_nobody_rewrites(house):
    row = save(house, **whole(house))
    assert row.version == 1 and JournalEntry.objects.filter(kind="charters.team_saved").count() == 1
    assert save(house, **whole(house), based_on=1).version == 1, "what changes nothing is no version"
    assert save(house, **whole(house, mandate="Otro"), based_on=1).version == 2
    with pytest.raises(Refused, match="saved_meanwhile"):
        save(house, **whole(house), based_on=1)
    kept = list(TeamVersion.objects.order_by("number").values_list("fields__mandate", flat=True))
    assert kept == ["Prepararla en seis meses", "Otro"]
    with pytest.raises(DatabaseError), transaction.atomic():
        TeamVersion.objects.filter(number=1).update(based_on=7)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"decided_on": None}, "team_act"),
        ({"decided_on": date(2027, 1, 1)}, "team_act"),
        ({"lead_office": " "}, "team_office"),
        ({"lead_id": 0x7FFFFFFF}, "team_member"),
        ({"training": [{"who": "a", "what": "b", "on": date(2026, 9, 2), "hours": 0}]}, "team_training"),
        ({"training": [{"who": "a", "what": "b", "on": date(2027, 9, 2), "hours": 1}]}, "team_training"),
        ({"training": [{"who": "a", "what": "b", "on": date(2026, 9, 2), "hours": 1}] * 61}, "team_full"),
    ],
)
def test_what_cannot_be_is_refused(house, fields, code):
    with pytest.raises(Refused, match=code):
        save(house, **whole(house, **fields))


def test_people_of_the_body_only_each_once_with_an_office(house):
    one, other = member(house, Role.FRONT_DESK, "technical", "OIRS"), make_house("valle")
    stranger = member(other, Role.FRONT_DESK, "technical", "OIRS")
    for rows, code in (
        ([one, one], "team_twice"), ([stranger], "team_member"), ([{**one, "office": " "}], "team_office"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            save(house, **whole(house, members=rows))
    with pytest.raises(Refused, match="charter_unknown"):
        save_team(
            institution=other.institution, charter_id=house.commitment.edition.charter_id, actor=None, now=NOW
        )


def test_the_process_asks_for_each_and_is_content_when_it_is_there(house):
    start_edition(
        institution=house.institution, charter_id=house.commitment.edition.charter_id, actor=None, now=NOW
    )
    assert [len(missing(house, code)) for code in ("decision", "team", "training")] == [2, 1, 1]
    save(house, mandate="x", members=[member(house, Role.FRONT_DESK, "technical", "OIRS")])
    assert missing(house, "team") == [
        (True, "Nadie coordina el equipo"), (False, "Nadie del equipo atiende público")
    ]  # fmt: skip
    save(house, **whole(house))
    assert [missing(house, code) for code in ("decision", "team", "training")] == [[], [], []]


def test_who_left_the_body_is_shown_and_a_substitute_is_asked_for(house):
    save(house, **whole(house))
    gone = house.user(Role.FRONT_DESK)
    for held in memberships(house.institution).filter(user=gone):
        revoke_role(institution=house.institution, membership_id=held.pk, actor=None, now=NOW)
    page = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/cartas/{house.commitment.edition.charter_id}/"
    )
    assert "Dejó el organismo" in words(page) and "nombre a quien sustituya" in words(page)
    assert missing(house, "team") == [(True, "«OIRS» dejó el organismo: falta quien sustituya")]
    form = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/cartas/{house.commitment.edition.charter_id}/equipo/"
    )
    assert f"{gone.name} (dejó el organismo)" in form.content.decode()
    assert save(house, **whole(house, mandate="Sigue igual")).version == 2, "who was there may stay written"
    save(house, **whole(house, members=whole(house)["members"][:1]))
    with pytest.raises(Refused, match="team_member"):
        save(house, **whole(house))


def test_papers_say_offices_and_never_people(house):
    save(house, **whole(house))
    draft = start_edition(
        institution=house.institution, charter_id=house.commitment.edition.charter_id, actor=None, now=NOW
    )
    draft.institution = draft.charter.institution = house.institution
    said = text_of(PAPERS["carta"](draft, "https://siac.example/"))
    for each in ("Quién la decidió y quién la hizo", "Resolución 12", "Dirección", "OIRS", "Cartas", "8 h"):
        assert each in said, each
    for role in (Role.AUTHORITY, Role.QUALITY_MANAGER, Role.FRONT_DESK):
        assert house.user(role).name not in said
    assert "Todas" not in said
    kept = frozen(draft)
    assert unfrozen(kept).team == flowing(draft).team and flowing(draft).team is not None
    before = {name: value for name, value in kept.items() if name != "team"}
    assert unfrozen(before).team is None, "what was approved before it was kept says nothing of it"


def test_it_is_written_on_its_form_and_read_by_everybody_of_the_house(house):
    manager = house.client(Role.QUALITY_MANAGER)
    home = f"/{house.slug}/gestion/cartas/{house.commitment.edition.charter_id}/"
    assert "Todavía no se ha dicho quién la decidió" in words(manager.get(home))
    typed = {
        "act": "Resolución 12", "decided_on": "", "lead_id": str(house.user(Role.AUTHORITY).pk),
        "lead_office": "", "mandate": "<b>Hacerla</b>", "based_on": "",
        "members-0-user_id": str(house.user(Role.FRONT_DESK).pk), "members-0-role": "front_line",
        "members-0-office": "OIRS", "training-0-who": "Todas", "training-0-what": "Cartas",
        "training-0-on": "2026-09-02", "training-0-hours": "3",
    }  # fmt: skip
    wrong = manager.post(f"{home}equipo/", typed)
    assert wrong.status_code == 422 and "Escriba la fecha del acto" in words(wrong)
    assert "Escriba el cargo" in words(wrong)
    saved = manager.post(f"{home}equipo/", typed | {"decided_on": "2026-09-01", "lead_office": "Dirección"})
    assert saved.status_code == 302, words(saved)
    page = house.client(Role.AUDITOR).get(home)
    assert house.user(Role.FRONT_DESK).name in words(page) and "3 horas" in words(page)
    assert "<b>Hacerla" not in page.content.decode() and "equipo/" not in page.content.decode()
    assert "Primera versión guardada" in words(manager.get(f"{home}equipo/"))
    late = manager.post(f"{home}equipo/", typed | {"based_on": "9", "decided_on": "2026-09-01",
                                                   "lead_office": "Dirección"})  # fmt: skip
    assert late.status_code == 422 and "Otra persona lo guardó" in words(late)
    assert house.client(Role.FRONT_DESK).get(f"{home}equipo/").status_code == 403
