# SPDX-License-Identifier: EUPL-1.2
"""A practice body: the configuration and people of its source, invented cases,
nothing sent, no figure of anybody else's.
"""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from procrastinate.jobs import JobDeferrer

from siac.accounts.public import Role, Scope
from siac.cases.models import AnswerDraft, AnswerTemplate, Case, CaseKind, Cause, RoutingRule
from siac.cases.public import BodyType, adopt, kit_for, save_kind
from siac.catalogue.models import Topic
from siac.charters.models import Commitment
from siac.charters.public import NewCommitment, publish_edition
from siac.clocks.models import LayerDay, OwnRule
from siac.clocks.public import Amount, add_days, open_own_layer, save_own_rule, settle_overdue
from siac.clocks.public import Unit as Length
from siac.integrations.mailbox.commands.setup import save_mailbox
from siac.journal.models import JournalEntry
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.notices.public import send_due
from siac.organizations.commands.helping import is_of_this_body_alone
from siac.organizations.domain.public_texts import SECTIONS
from siac.organizations.models import Institution, Invitation, Membership, PracticeRun, Unit
from siac.organizations.practice import opening
from siac.organizations.practice.opening import begin_practice, latest_run, open_practice
from siac.organizations.public import (
    PracticeCases,
    PublicText,
    create_institution,
    create_program_token,
    grant_role,
    invite,
    publish_version,
    save_text,
    save_unit,
    text_in_force,
    update_institution,
)
from siac.organizations.tasks import open_practice as job
from tests.factories import COUNTRIES, NOW, House, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch):
    """What is put into the queue; nothing runs by itself."""
    given: list[dict] = []
    monkeypatch.setattr(JobDeferrer, "defer", lambda self, **kwargs: given.append(kwargs))
    return given


@pytest.fixture(autouse=True)
def few(request, monkeypatch):
    """Four cases are enough for most: one late, one answered, one that waits, a new one."""
    if "all_cases" not in request.fixturenames:
        whole, chosen = opening.practice_cases(), (1, 7, 18, 39)
        some = PracticeCases(
            lambda _: len(chosen), lambda body, place, now: whole.play(body, chosen[place % 4], now)
        )
        monkeypatch.setattr(opening, "practice_cases", lambda: some)


@pytest.fixture
def all_cases():
    """Play the whole of the forty cases: takes some seconds."""


def practise(institution: Institution, now=NOW) -> Institution:
    """Open a practice body beside a body, as its job does; return it."""
    run = begin_practice(institution=institution, actor=None, now=now, by_job=False)
    open_practice(run_id=run.pk, clock=lambda: now)
    run = PracticeRun.objects.get(pk=run.pk)
    assert (run.state, run.trouble) == ("done", "")
    return run.practice


@pytest.fixture
def practice(house: House) -> Institution:
    return practise(house.institution)


def names(model, institution, *fields):
    return sorted(model.objects.filter(institution=institution).values_list(*fields))


def test_the_configuration_of_a_body_comes_over(house: House):
    source, common = house.institution, {"institution": house.institution, "actor": None, "now": NOW}
    rule = save_own_rule(
        **common,
        code="quejas",
        name="Respuesta a quejas",
        amount=Amount(10, Length.BUSINESS_DAYS),
        document="Ordenanza 8",
    )
    source.refresh_from_db()
    save_kind(
        **common,
        kind=house.kinds["consulta"],
        standard_rule=rule.rule_id,
        approver="head_of_unit",
        unit_days=3,
    )
    layer = open_own_layer(institution_id=source.pk, name="Días propios", country="CL", now=NOW)
    days = [NOW.date() + timedelta(days=n) for n in (10, 11)]
    add_days(
        layer_code=layer.code,
        days=days,
        name="Aniversario",
        kind="closure",
        source="Resolución 1",
        reason="Aniversario",
        institution_id=source.pk,
        actor_id=None,
        now=NOW,
    )
    source.refresh_from_db()
    row = save_text(
        **common, subject="privacy", sections=dict.fromkeys(SECTIONS["privacy"], "Texto."), based_on=0
    )
    publish_version(**common, subject="privacy", number=row.number, from_day=house.today())
    source.refresh_from_db()
    publish_edition(
        **common, code="horas", title="Carta de horas", valid_from=house.today(), approved_by="Acta 2",
        commitments=[
            NewCommitment(
                "horas-30", "Respondemos en 30 horas", house.kinds["consulta"].pk, 30, Decimal("80.0"), "",
                more={"unit": "h", "remedy_kind": "none", "no_remedy_reason": "Es informativo"},
            )
        ],
    )  # fmt: skip
    source.refresh_from_db()
    body = practise(source)
    for model, fields in (
        (Unit, ("code", "name", "parent__code", "email", "place")),
        (Topic, ("code", "name", "unit__code", "approver")),
        (Cause, ("name",)),
        (AnswerTemplate, ("title", "body", "unit__code")),
        (RoutingRule, ("name", "words", "set_unit__code")),
        (Commitment, ("code", "text", "amount", "unit", "remedy_kind", "kind__code")),
        (Membership, ("user__email", "role", "unit__code", "until")),
    ):
        assert names(model, body, *fields) == names(model, source, *fields), model
    for kind in CaseKind.objects.filter(institution=source):
        same = CaseKind.objects.get(institution=body, code=kind.code)
        known, copied = kind.snapshot(), same.snapshot()
        assert {n for n in known if known[n] != copied[n]} <= {"unit_id", "standard_rule"}, kind.code
        assert (same.unit and same.unit.code) == (kind.unit and kind.unit.code)
    own = OwnRule.objects.get(institution=body)
    assert (
        CaseKind.objects.get(institution=body, code="consulta").standard_rule == own.rule_id != rule.rule_id
    )
    standing = LayerDay.objects.filter(layer__institution=body).values_list("date", "name", "source")
    assert sorted(standing) == [(day, "Aniversario", "Resolución 1") for day in days]
    body.refresh_from_db()
    assert text_in_force(body, PublicText.PRIVACY, house.today()).sections["purpose"] == "Texto."
    assert Invitation.objects.count() == 0


def test_what_is_not_in_use_stays_behind_and_what_pointed_to_it_goes_on(house: House):
    common = {"institution": house.institution, "actor": None, "now": NOW}
    juridico = Unit.objects.get(pk=house.units["juridico"])
    save_unit(
        **common,
        unit=juridico,
        code="juridico",
        name="Jurídico",
        parent_id=juridico.parent_id,
        is_active=False,
        successor_id=house.units["oirs"],
    )
    house.institution.refresh_from_db()
    body = practise(house.institution)
    assert not Unit.objects.filter(institution=body, code="juridico").exists()
    assert Topic.objects.get(institution=body, name="Transparencia").unit.code == "oirs"


def test_roles_with_a_last_day_keep_it_and_those_that_ended_do_not_come(house: House):
    common = {"institution": house.institution, "actor": None}
    until, past = house.today() + timedelta(days=9), house.today() - timedelta(days=1)
    grant_role(
        **common, email="fuera@x.example", name="F", role=Role.AUDITOR, unit_id=None, until=until, now=NOW
    )
    grant_role(
        **common,
        email="ida@x.example",
        name="I",
        role=Role.AUDITOR,
        unit_id=None,
        until=past,
        now=NOW - timedelta(days=9),
    )
    body = practise(house.institution)
    rows = dict(
        Membership.objects.filter(institution=body, role="auditor").values_list("user__email", "until")
    )
    assert rows["fuera@x.example"] == until and "ida@x.example" not in rows


@pytest.mark.parametrize("country", list(COUNTRIES))
def test_a_whole_kit_of_each_country_gets_forty_cases_in_every_state(country, all_cases):
    known = COUNTRIES[country]
    source = create_institution(
        actor=None, now=NOW, slug="nueva", name="Organismo nuevo", short_name="Nuevo", jurisdiction=country,
        time_zone=known["time_zone"], place=known["place"],
    )  # fmt: skip
    kit = kit_for(country, BodyType.MUNICIPALITY)
    adopt(institution=source, kit=kit, keys=[part.key for part in kit.parts], actor=None, now=NOW)
    source.refresh_from_db()
    for role in Role:
        grant_role(
            institution=source,
            actor=None,
            now=NOW,
            email=f"{role}@x.example",
            name=role.title(),
            role=role,
            unit_id=None,
            until=date(2099, 12, 31) if role is Role.COUNCIL_MEMBER else None,
        )
    body = practise(source)
    cases = Case.objects.filter(institution=body)
    assert cases.count() == 40
    assert set(cases.values_list("state", flat=True)) == {
        "received",
        "with_unit",
        "waiting",
        "answered",
        "closed",
    }
    assert cases.values("kind").distinct().count() == len([k for k in kit.parts if k.sort == "kind"])
    assert cases.filter(is_restricted=True).exists() and cases.values("channel").distinct().count() >= 4
    assert cases.filter(answered_at=None, due_on__lt=body.local_date(NOW)).exclude(state="closed").exists()
    if CaseKind.objects.filter(institution=body).exclude(approver="").exists():
        assert AnswerDraft.objects.filter(case__institution=body, state="review").exists()
    assert not verify_institution(body.pk).problems


def test_an_approval_waits_where_the_body_has_approvals(house: House, all_cases):
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW,
        kind=house.kinds["reclamo"],
        approver="head_of_unit",
    )
    house.institution.refresh_from_db()
    body = practise(house.institution)
    assert [d for d in AnswerDraft.objects.filter(case__institution=body) if d.is_in_review]


def test_people_texts_and_places_say_that_they_are_invented(practice, house: House):
    client = house.client(Role.QUALITY_MANAGER)
    case = Case.objects.filter(institution=practice, is_restricted=False, person__isnull=False).first()
    page = client.get(f"/{practice.slug}/gestion/solicitudes/{case.folio}/").content.decode()
    assert "Ejemplo" in page and "Caso inventado para practicar." in page
    assert "Práctica: personas y solicitudes inventadas" in page


def test_nothing_is_sent_and_the_outbox_says_what_would_have_been(practice, house: House, monkeypatch):
    monkeypatch.setenv("SIAC_MAIL", "smtp")
    monkeypatch.setattr("siac.notices.channels.email.deliver", lambda *a: pytest.fail("something left"))
    while send_due(lambda: NOW + timedelta(hours=1)):
        continue
    rows = Notice.objects.filter(institution=practice)
    assert rows.filter(channel="email").exists()
    assert not rows.filter(state="sent").exists()
    page = house.client(Role.QUALITY_MANAGER).get(f"/{practice.slug}/gestion/avisos/").content.decode()
    assert "No se envía: práctica" in page and "Por enviar</td>" not in page


def test_its_figures_and_cases_are_its_own(house: House):
    file(house)
    before = Case.objects.filter(institution=house.institution).count()
    entries = JournalEntry.objects.filter(institution=house.institution, stream__startswith="case:").count()
    practise(house.institution)
    settle_overdue(NOW)
    assert Case.objects.filter(institution=house.institution).count() == before
    now = JournalEntry.objects.filter(institution=house.institution, stream__startswith="case:").count()
    assert now == entries


def test_no_mailbox_no_key_and_nobody_invited(practice, house: House):
    admin = house.user(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="practice_without_mailbox"):
        save_mailbox(institution=practice, actor=admin, now=NOW, password="x")
    with pytest.raises(Refused, match="practice_without_keys"):
        create_program_token(
            institution=practice, user=admin, scopes=[Scope.CASES_READ],
            name="x", days=None, actor=admin, now=NOW,
        )  # fmt: skip
    common = {"institution": practice, "role": Role.AUDITOR, "unit_id": None, "actor": admin, "now": NOW}
    with pytest.raises(Refused, match="practice_without_letters"):
        invite(**common, email="nadie@x.example", name="Nadie")
    grant_role(
        institution=house.institution,
        email="nueva@x.example",
        name="N",
        role=Role.AUDITOR,
        unit_id=None,
        actor=None,
        now=NOW,
    )
    assert invite(**common, email="nueva@x.example", name="N") is None
    assert Membership.objects.filter(institution=practice, user__email="nueva@x.example").exists()


def test_the_public_start_page_does_not_know_it_and_no_search_engine_lists_it(practice, house: House):
    assert Client().get("/")["Location"] == f"/{house.slug}/"
    home = Client().get(f"/{practice.slug}/")
    assert "noindex" in home["X-Robots-Tag"] and "Práctica" in home.content.decode()
    assert "X-Robots-Tag" not in Client().get(f"/{house.slug}/")


def test_its_papers_say_practice(practice, house: House):
    assert (practice.stamp, house.institution.stamp) == ("PRÁCTICA", "")


def test_an_administrator_of_practice_helps_nobody_into_an_account(practice, house: House):
    clerk = house.user(Role.FRONT_DESK)
    assert is_of_this_body_alone(house.institution, clerk)
    assert not is_of_this_body_alone(practice, clerk)


def test_begun_anew_it_is_another_body_and_the_former_one_is_closed(practice, house: House):
    again = practise(house.institution, NOW + timedelta(days=1))
    practice.refresh_from_db()
    assert (practice.slug, again.slug) == ("puerto-practica", "puerto-practica-2")
    assert not practice.is_active and again.is_active
    assert house.client(Role.FRONT_DESK).get(f"/{practice.slug}/gestion/").status_code == 404
    assert not verify_institution(practice.pk).problems


def test_closing_touches_practice_bodies_of_that_source_only(practice, house: House, other_house: House):
    run = latest_run(house.institution)
    for body in (house.institution, other_house.institution, practise(other_house.institution)):
        for is_open in (True, False):
            with pytest.raises(Refused):
                opening._set_open(body, is_open, run, now=NOW)
        body.refresh_from_db()
        assert body.is_active


def test_a_practice_body_has_none_and_one_at_a_time_is_opened(practice, house: House, queued):
    with pytest.raises(Refused, match="practice_of_practice"):
        begin_practice(institution=practice, actor=None, now=NOW)
    queued.clear()
    begin_practice(institution=house.institution, actor=None, now=NOW)
    with pytest.raises(Refused, match="practice_moving"):
        begin_practice(institution=house.institution, actor=None, now=NOW)
    assert len(queued) == 1


def test_one_that_broke_off_goes_on_with_the_next_case_and_is_shut_meanwhile(
    house: House, queued, monkeypatch
):
    admin, page = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/practica/"
    assert "Abrir un organismo de práctica" in admin.get(page).content.decode()
    admin.post(page + "abrir/")
    cases = opening.practice_cases()
    played = []

    def broken(institution, place, now):
        if place == 3 and len(played) == 3:
            played.append("broke")
            raise RuntimeError
        played.append(place)
        cases.play(institution, place, now)

    monkeypatch.setattr(opening, "practice_cases", lambda: type(cases)(lambda _: 6, broken))
    with pytest.raises(RuntimeError):
        job(**next(given for given in queued if "run_id" in given))
    run = latest_run(house.institution)
    assert (run.state, run.done) == ("failed", 3) and not run.practice.is_active
    assert "Seguir donde quedó" in admin.get(page).content.decode()
    assert admin.get(f"/{run.practice.slug}/gestion/").status_code == 404
    admin.post(page + "abrir/")
    assert "En cola: 3 de 6 solicitudes" in admin.get(page).content.decode()
    job(**[given for given in queued if "run_id" in given][1])
    run = latest_run(house.institution)
    assert (run.state, run.done) == ("done", 6) and Case.objects.filter(institution=run.practice).count() == 6
    assert played == [0, 1, 2, "broke", 3, 4, 5]
    done = admin.get(page).content.decode()
    assert "Ir a la práctica" in done and "Volver a empezar" in done


def test_what_the_law_no_longer_admits_is_told_by_name(house: House, queued):
    CaseKind.objects.filter(pk=house.kinds["consulta"].pk).update(rule_id="CL.NADA")
    update_institution(institution=house.institution, actor=None, now=NOW, phone="1")
    house.institution.refresh_from_db()
    run = begin_practice(institution=house.institution, actor=None, now=NOW)
    open_practice(run_id=run.pk, clock=lambda: NOW)
    page = (
        house.client(Role.ADMINISTRATOR)
        .get(f"/{house.slug}/gestion/configuracion/practica/")
        .content.decode()
    )
    assert "No se pudo copiar «Consulta»" in page
    assert not Institution.objects.filter(practice_of=house.institution).exists()


def test_the_head_leads_from_one_to_the_other_for_who_works_in_both(practice, house: House):
    clerk = house.client(Role.QUALITY_MANAGER)
    source, body = f"/{house.slug}/gestion/solicitudes/", f"/{practice.slug}/gestion/solicitudes/"
    assert f'href="/{practice.slug}/gestion/">Práctica<' in clerk.get(source).content.decode()
    assert (
        f'href="/{house.slug}/gestion/">Volver a {house.institution.short_name}<'
        in clerk.get(body).content.decode()
    )
    Membership.objects.filter(institution=practice, user=house.user(Role.QUALITY_MANAGER)).delete()
    assert "siac-beside" not in clerk.get(source).content.decode()
    assert clerk.get(body).status_code == 403
    assert clerk.get("/gestion/")["Location"] == f"/{house.slug}/gestion/"


def test_it_is_opened_on_the_terminal(house: House):
    out = StringIO()
    call_command("institution", "practice", house.slug, stdout=out)
    assert "puerto-practica" in out.getvalue()
    assert Institution.objects.get(practice_of=house.institution).is_active
    with pytest.raises(CommandError, match="no tiene otro"):
        call_command("institution", "practice", "puerto-practica", stdout=out)
    with pytest.raises(CommandError, match="nadie"):
        call_command("institution", "practice", "nadie", stdout=out)
