# SPDX-License-Identifier: EUPL-1.2
"""A body from its members to the minutes of a session: quorum, votes, agreements, what is published."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.charters.commands.charters import start_charter
from siac.charters.commands.drafting import start_edition
from siac.charters.domain.parts import Norm
from siac.governance.commands.councils import save_council, save_seat
from siac.governance.commands.minutes import (
    approve_minutes,
    end_agreement,
    minutes_digest,
    minutes_problems,
    write_minutes,
)
from siac.governance.commands.sittings import (
    Point,
    agree,
    call_sitting,
    cancel_sitting,
    cast_vote,
    change_sitting,
    close_motion,
    close_sitting,
    come,
    leave,
    open_motion,
    open_sitting,
    plan_sitting,
)
from siac.governance.domain import subjects
from siac.governance.domain.deciding import Result
from siac.governance.domain.states import AgreementState
from siac.governance.domain.subjects import Decidable, Named
from siac.governance.models import Agreement, Motion, Seat, Sitting, Vote
from siac.governance.queries import decisions_about
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SINCE = date(2026, 1, 1)
K = Role.QUALITY_MANAGER


def common(house, now=NOW, role=K):
    return {"institution": house.institution, "actor": house.user(role), "now": now}


def body(house, *names, **changes):
    """Set up a body whose members are named; the first presides."""
    fields = {"name": "Comité de calidad", "kind": "quality", "quorum": "majority", "majority": "simple"}
    council = save_council(**common(house), **fields | changes)
    seats = {}
    for place, name in enumerate(names):
        role = "chair" if place == 0 else "member"
        seats[name] = sit(house, council, name, role=role).pk
    return council, seats


def sit(house, council, name, *, role="member", since=SINCE, **more) -> Seat:
    return save_seat(council=council, name=name, role=role, since=since, **common(house), **more)


def planned(house, council, *points, at=NOW + DAY) -> Sitting:
    told = points or (Point("Revisar los plazos"),)
    return plan_sitting(council=council, starts_at=at, place="Sala 2", points=told, **common(house))


def opened(house, council, seats, *names) -> Sitting:
    row = planned(house, council)
    call_sitting(sitting_id=row.pk, **common(house))
    present = [seats[name] for name in names]
    return open_sitting(sitting_id=row.pk, present=present, **common(house, NOW + DAY))


def moved(house, row) -> Motion:
    item = row.items.get()
    return open_motion(sitting_id=row.pk, item_id=item.pk, text="Aprobar", **common(house, NOW + DAY))


def voted(house, row, motion, seat_id, choice="for"):
    cast_vote(
        sitting_id=row.pk, motion_id=motion.pk, seat_id=seat_id, choice=choice, **common(house, NOW + DAY)
    )


def closed(house, row, motion) -> Result:
    return close_motion(sitting_id=row.pk, motion_id=motion.pk, **common(house, NOW + DAY))


def test_members_of_a_day_only_and_one_who_presides(house):
    council, _ = body(house, "Ana")
    with pytest.raises(Refused, match="seat_chair"):
        sit(house, council, "Eva", role="chair")
    with pytest.raises(Refused, match="seat_days"):
        sit(house, council, "Eva", until=SINCE - DAY)
    with pytest.raises(Refused, match="seat_alternate"):
        sit(house, council, "Eva", role="alternate")
    with pytest.raises(Refused, match="seat_alternate"):
        sit(house, council, "Eva", stands_for_id=Seat.objects.get().pk)
    with pytest.raises(Refused, match="council_name_taken"):
        body(house)
    with pytest.raises(Refused, match="council_quorum"):
        body(house, name="Otro", quorum="number")
    user = house.user(Role.COMMITTEE_MEMBER).pk
    sit(house, council, "Luz", user_id=user)
    with pytest.raises(Refused, match="seat_user"):
        sit(house, council, "Luz otra vez", user_id=user)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE governance_seatversion SET number = 9")


def test_somebody_of_another_body_gets_no_seat(house, other_house):
    council, _ = body(house, "Ana")
    with pytest.raises(Refused, match="seat_user"):
        sit(house, council, "Eva", user_id=other_house.user(K).pk)


def test_a_session_is_planned_called_and_changed_and_its_members_are_told(house):
    council, _ = body(house, "Ana")
    sit(house, council, "Luz", user_id=house.user(Role.COMMITTEE_MEMBER).pk)
    for wrong, code in (
        ({"at": NOW - DAY}, "sitting_past"),
        ({}, "sitting_agenda"),
    ):
        points = () if code == "sitting_agenda" else (Point("Algo"),)
        with pytest.raises(Refused, match=code):
            plan_sitting(
                council=council, starts_at=wrong.get("at", NOW + DAY), place="Sala", points=points,
                **common(house),
            )  # fmt: skip
    with pytest.raises(Refused, match="sitting_subject"):
        planned(house, council, Point("Plan", "nothing", 5))
    row = planned(house, council, Point("Uno"), Point("Dos"))
    assert call_sitting(sitting_id=row.pk, **common(house)) == 1
    assert Notice.objects.filter(kind="governance.called", subject_id=row.pk).count() == 1
    one, two = row.items.all()
    points = [Point("Dos, cambiado", pk=two.pk), Point("Tres")]
    change_sitting(sitting_id=row.pk, starts_at=NOW + 2 * DAY, place="Sala 3", points=points, **common(house))
    assert [(item.place, item.title) for item in row.items.all()] == [(1, "Dos, cambiado"), (2, "Tres")]
    assert not row.items.filter(pk=one.pk).exists() and row.items.filter(pk=two.pk).exists()
    with pytest.raises(Refused, match="council_moment"):
        open_sitting(sitting_id=row.pk, present=[], **common(house))  # it has to be called again
    cancel_sitting(sitting_id=row.pk, **common(house))
    with pytest.raises(Refused, match="council_moment"):
        call_sitting(sitting_id=row.pk, **common(house))


def test_nobody_is_called_to_a_body_without_members(house):
    council, _ = body(house)
    row = planned(house, council)
    with pytest.raises(Refused, match="sitting_members"):
        call_sitting(sitting_id=row.pk, **common(house))


def test_without_quorum_a_session_does_not_open_and_says_how_many_are_missing(house):
    council, seats = body(house, "Ana", "Eva", "Luz", "Sol")
    row = planned(house, council)
    call_sitting(sitting_id=row.pk, **common(house))
    with pytest.raises(Refused, match="sitting_quorum") as refused:
        open_sitting(sitting_id=row.pk, present=[seats["Ana"]], **common(house, NOW + DAY))
    assert refused.value.context["missing"] == 2
    row.refresh_from_db()
    assert row.state == "called" and not row.attendances.exists()
    with pytest.raises(Refused, match="attendance_seat"):
        open_sitting(sitting_id=row.pk, present=[10**9], **common(house, NOW + DAY))


def test_a_vote_is_cast_once_by_who_is_there(house):
    council, seats = body(house, "Ana", "Eva", "Luz", "Sol")
    row = opened(house, council, seats, "Ana", "Eva", "Luz")
    motion = moved(house, row)
    with pytest.raises(Refused, match="sitting_vote_open"):
        moved(house, row)
    with pytest.raises(Refused, match="sitting_vote_open"):
        close_sitting(sitting_id=row.pk, **common(house, NOW + DAY))
    with pytest.raises(Refused, match="vote_absent"):
        voted(house, row, motion, seats["Sol"])
    with pytest.raises(Refused, match="vote_choice"):
        voted(house, row, motion, seats["Ana"], "quizás")
    voted(house, row, motion, seats["Ana"])
    with pytest.raises(Refused, match="vote_twice"):
        voted(house, row, motion, seats["Ana"], "against")
    voted(house, row, motion, seats["Eva"], "against")
    voted(house, row, motion, seats["Luz"])
    assert closed(house, row, motion) is Result.APPROVED
    with pytest.raises(Refused, match="motion_closed"):
        voted(house, row, motion, seats["Luz"])
    assert Vote.objects.count() == 3


def test_an_alternate_and_the_titular_have_one_vote_together(house):
    council, seats = body(house, "Ana", "Eva", "Luz")
    alternate = sit(house, council, "Pía", role="alternate", stands_for_id=seats["Eva"])
    seats["Pía"] = alternate.pk
    row = opened(house, council, seats, "Ana", "Pía")
    motion = moved(house, row)
    voted(house, row, motion, seats["Pía"])
    come(sitting_id=row.pk, seat_id=seats["Eva"], **common(house, NOW + DAY))
    with pytest.raises(Refused, match="vote_twice"):
        voted(house, row, motion, seats["Eva"], "against")


def test_who_leaves_during_a_vote_may_take_the_quorum_with_them(house):
    council, seats = body(house, "Ana", "Eva", "Luz")
    row = opened(house, council, seats, "Ana", "Eva")
    motion = moved(house, row)
    voted(house, row, motion, seats["Ana"])
    voted(house, row, motion, seats["Eva"])
    leave(sitting_id=row.pk, seat_id=seats["Eva"], **common(house, NOW + DAY))
    assert closed(house, row, motion) is Result.NO_QUORUM
    with pytest.raises(Refused, match="sitting_quorum"):
        moved(house, row)
    come(sitting_id=row.pk, seat_id=seats["Luz"], **common(house, NOW + DAY))
    come(sitting_id=row.pk, seat_id=seats["Luz"], **common(house, NOW + DAY))
    assert row.attendances.filter(seat=seats["Luz"]).count() == 1
    assert moved(house, row).closed_at is None


def test_whoever_presides_breaks_a_tie_where_the_rules_say_so(house):
    council, seats = body(house, "Ana", "Eva", chair_breaks_ties=True, quorum="number", quorum_number=2)
    row = opened(house, council, seats, "Ana", "Eva")
    motion = moved(house, row)
    voted(house, row, motion, seats["Ana"], "against")
    voted(house, row, motion, seats["Eva"])
    assert closed(house, row, motion) is Result.REJECTED


def test_what_is_decided_about_knows_what_was_decided(house, monkeypatch):
    of = Decidable(
        "plan", "Plan", lambda access: {5: "Plan 2027"}, lambda access, ids: {5: Named("Plan 2027", "/x/")}
    )
    monkeypatch.setattr(subjects, "_KINDS", {"plan": of})
    council, seats = body(house, "Ana")
    row = planned(house, council, Point("El plan", "plan", 5))
    call_sitting(sitting_id=row.pk, **common(house))
    row = open_sitting(sitting_id=row.pk, present=[seats["Ana"]], **common(house, NOW + DAY))
    motion = moved(house, row)
    voted(house, row, motion, seats["Ana"])
    page = words(house.client(K).get(f"/{house.slug}/gestion/sesiones/{row.pk}/"))
    assert "Se decide sobre Plan 2027" in page
    assert decisions_about(house.institution, "plan", 5) == []
    closed(house, row, motion)
    [told] = decisions_about(house.institution, "plan", 5)
    assert (told.council, told.result, told.is_minuted) == ("Comité de calidad", Result.APPROVED, False)
    assert decisions_about(house.institution, "plan", 6) == []


def test_an_agreement_has_somebody_who_answers_and_ends_with_what_was_done(house):
    council, seats = body(house, "Ana")
    row = opened(house, council, seats, "Ana")
    item = row.items.get().pk
    asked = {"sitting_id": row.pk, "item_id": item, **common(house, NOW + DAY)}
    due = (NOW + DAY).date()
    for wrong, code in (
        ({"text": " ", "unit_id": house.units["oirs"], "due_on": due}, "agreement_text"),
        ({"text": "Ampliar", "unit_id": None, "due_on": due}, "agreement_unit"),
        ({"text": "Ampliar", "unit_id": house.units["oirs"], "due_on": due - 9 * DAY}, "agreement_due"),
    ):
        with pytest.raises(Refused, match=code):
            agree(**asked, **wrong)
    made = agree(**asked, text="Ampliar el horario", unit_id=house.units["oirs"], due_on=due)
    over = {"agreement_id": made.pk, "today": due, **common(house, NOW + DAY)}
    with pytest.raises(Refused, match="agreement_outcome"):
        end_agreement(**over, state=AgreementState.DONE, outcome=" ")
    end_agreement(**over, state=AgreementState.DONE, outcome="Desde marzo se abre el sábado.")
    with pytest.raises(Refused, match="agreement_over"):
        end_agreement(**over, state=AgreementState.DROPPED, outcome="No")


def test_minutes_are_approved_as_they_were_looked_at_and_held(house):
    council, seats = body(house, "Ana", publishes=True)
    row = opened(house, council, seats, "Ana")
    item = row.items.get()
    agree(
        sitting_id=row.pk, item_id=item.pk, text="Ampliar el horario", unit_id=house.units["oirs"],
        due_on=None, **common(house, NOW + DAY),
    )  # fmt: skip
    later = common(house, NOW + DAY)
    portal = house.client(None).get(f"/{house.slug}/acuerdos/").content.decode()
    assert "Ampliar el horario" not in portal
    with pytest.raises(Refused, match="council_moment"):
        approve_minutes(sitting_id=row.pk, seen=minutes_digest(row), **later)
    close_sitting(sitting_id=row.pk, **later)
    seen = minutes_digest(Sitting.objects.get(pk=row.pk))
    write_minutes(sitting_id=row.pk, notes="", discussions={item.pk: "Se habló de filas."}, **later)
    with pytest.raises(Refused, match="approval_overtaken"):
        approve_minutes(sitting_id=row.pk, seen=seen, **later)
    approve_minutes(sitting_id=row.pk, seen=minutes_digest(Sitting.objects.get(pk=row.pk)), **later)
    with pytest.raises(Refused, match="council_moment"):
        write_minutes(sitting_id=row.pk, notes="Otra cosa", discussions={}, **later)
    assert list(minutes_problems(house.institution.pk)) == []
    portal = house.client(None).get(f"/{house.slug}/acuerdos/").content.decode()
    assert "Ampliar el horario" in portal and "Ana" not in portal
    Agreement.objects.update(text="Otra cosa")
    assert list(minutes_problems(house.institution.pk)) == [f"acta {row.pk}: no dice lo que se aprobó"]


def test_the_pages_hold_a_session_without_a_script(house):
    browser = house.client(K)
    base = f"/{house.slug}/gestion"
    council, seats = body(house, "Ana", "Eva")
    user = house.user(Role.COMMITTEE_MEMBER)
    seats["Luz"] = sit(house, council, "Luz", user_id=user.pk).pk
    today = house.institution.local_date(datetime.now(tz=house.institution.zone)) + DAY
    typed = {
        "day": today.isoformat(), "hour": "10:00", "place": "Sala 2", "points-0-row": "1",
        "points-0-title": "Horario", "points-0-about": "",
    }  # fmt: skip
    page = browser.post(f"{base}/organos/{council.pk}/sesion-nueva/", typed, follow=True)
    row = Sitting.objects.get()
    assert page.status_code == 200 and [item.title for item in row.items.all()] == ["Horario"]
    hacer = f"{base}/sesiones/{row.pk}/hacer"
    browser.post(f"{hacer}/citar/")
    browser.post(f"{hacer}/abrir/", {"presente": [seats["Ana"], seats["Luz"]]})
    item = row.items.get().pk
    browser.post(f"{hacer}/proponer/", {"punto": item, "mocion": "Abrir los sábados"})
    motion = Motion.objects.get()
    member = house.client(Role.COMMITTEE_MEMBER)
    assert "Mi voto: a favor" in words(member.get(f"{base}/sesiones/{row.pk}/"))
    member.post(f"{base}/sesiones/{row.pk}/mi-voto/", {"votacion": motion.pk, "voto": "for"})
    assert "Mi voto" not in words(member.get(f"{base}/sesiones/{row.pk}/"))
    assert member.post(f"{hacer}/contar/", {"votacion": motion.pk}).status_code == 403
    browser.post(f"{hacer}/votar-por/", {"votacion": motion.pk, "lugar": seats["Ana"], "voto": "abstain"})
    browser.post(f"{hacer}/contar/", {"votacion": motion.pk})
    motion.refresh_from_db()
    assert motion.result == "approved"
    bad = browser.post(f"{base}/sesiones/{row.pk}/acordar/", {"item": item, "text": "Abrir", "unit": ""})
    assert bad.status_code == 422 and "Abrir" in bad.content.decode()
    browser.post(
        f"{base}/sesiones/{row.pk}/acordar/", {"item": item, "text": "Abrir", "unit": house.units["oirs"]}
    )
    browser.post(f"{hacer}/escribir/", {f"dicho_{item}": "Se habló.", "notas": ""})
    browser.post(f"{hacer}/terminar/")
    with at_most(12):
        page = browser.get(f"{base}/sesiones/{row.pk}/")
    browser.post(f"{hacer}/aprobar/", {"visto": page.context["seen"]})
    row.refresh_from_db()
    assert row.state == "minuted"
    paper = browser.get(f"{base}/sesiones/{row.pk}/acta/")
    assert paper["Content-Type"] == "application/pdf"
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages).split())
    assert "Acta de la sesión 1" in told and "Se habló." in told and "A favor 1" in told and "Luz" in told
    assert "no está aprobada" not in told
    assert "Abrir" in words(browser.get(f"{base}/acuerdos/"))
    made = Agreement.objects.get()
    done = browser.post(f"{base}/acuerdos/{made.pk}/", {"state": "done", "outcome": "Abierto"}, follow=True)
    assert done.status_code == 200 and Agreement.objects.get().state == "done"
    assert browser.post(f"{hacer}/nada/").status_code == 404


def test_a_session_that_was_not_held_has_an_agenda_on_paper_and_no_minutes(house):
    council, _ = body(house, "Ana")
    row = planned(house, council)
    url = reverse("workspace:governance:sitting", args=[house.slug, row.pk])
    assert "Tabla en PDF" in words(house.client(K).get(url))
    paper = house.client(K).get(f"{url}acta/")
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages).split())
    assert "Tabla de la sesión 1" in told and "esta sesión no se ha hecho" in told
    assert not [said for said in ("Acta", "En curso", "Asistieron") if said in told]


def test_who_has_neither_right_nor_seat_sees_nothing_and_another_body_has_none(house, other_house):
    council, seats = body(house, "Ana")
    row = opened(house, council, seats, "Ana")
    for path in ("organos/", f"organos/{council.pk}/", f"sesiones/{row.pk}/", f"sesiones/{row.pk}/acta/"):
        assert house.client(Role.UNIT_OFFICER).get(f"/{house.slug}/gestion/{path}").status_code == 404, path
        other = other_house.client(K).get(f"/{other_house.slug}/gestion/{path}")
        assert other.status_code == (200 if path == "organos/" else 404), path
    sit(house, council, "Luz", user_id=house.user(Role.UNIT_OFFICER).pk)
    assert house.client(Role.UNIT_OFFICER).get(f"/{house.slug}/gestion/sesiones/{row.pk}/").status_code == 200
    act = f"/{house.slug}/gestion/sesiones/{row.pk}/hacer/terminar/"
    assert house.client(Role.UNIT_OFFICER).post(act).status_code == 403


def test_an_edition_of_a_charter_says_what_a_body_decided_about_it(house):
    charter = start_charter(
        code="oirs", title="Carta de OIRS", norm=Norm.PLEDGE, responsible_id=house.units["oirs"],
        **common(house),
    )  # fmt: skip
    edition = start_edition(charter_id=charter.pk, **common(house))
    council, seats = body(house, "Ana")
    form = house.client(K).get(f"/{house.slug}/gestion/organos/{council.pk}/sesion-nueva/").content.decode()
    assert "Carta: Carta de OIRS, edición 1" in form
    row = planned(house, council, Point("La carta", "charter_edition", edition.pk))
    call_sitting(sitting_id=row.pk, **common(house))
    row = open_sitting(sitting_id=row.pk, present=[seats["Ana"]], **common(house, NOW + DAY))
    motion = moved(house, row)
    voted(house, row, motion, seats["Ana"])
    closed(house, row, motion)
    page = words(house.client(K).get(reverse("workspace:charters:charter", args=[house.slug, charter.pk])))
    assert "Aprobada en su sesión 1" in page
