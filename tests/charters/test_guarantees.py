# SPDX-License-Identifier: EUPL-1.2
"""Guarantees on the waiting before an attention and on a topic, and a figure that owes everybody."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from siac.accounts.public import Role
from siac.cases.attentions.commands import (
    Attention,
    correct_attention,
    file_attention,
    register_attention,
    undo_attention,
    withdraw_attention,
)
from siac.cases.attentions.personal import KEPT_FOR, forget_attentions
from siac.cases.commands.handling import classify_case
from siac.cases.commands.terms import follow_topic
from siac.cases.models import Channel, Interaction
from siac.cases.public import Occasion
from siac.catalogue.models import Topic
from siac.charters.checking import levels
from siac.charters.commands.charters import NewCommitment, publish_edition
from siac.charters.commands.drafting import save_commitment, start_edition
from siac.charters.commands.freezing import freeze_periods
from siac.charters.commands.remedies import decide_remedy, deliver_remedy, send_letter
from siac.charters.measuring import SOURCE
from siac.charters.models import Breach, CharterEdition, Commitment, PeriodResult, Remedy, RemedyFact
from siac.charters.queries import about, promised_to, speaks_of
from siac.charters.standings import behind, compliance, kept_among
from siac.clocks.public import Clock, clocks_of, settle_overdue
from siac.indicators.public import Indicator, count_all, freeze_result
from siac.journal.public import JournalEntry, entries_of, history, outside_events, verify_institution
from siac.notices.public import Notice, send_due
from siac.organizations.public import Institution, touch_configuration
from siac.people.public import PersonData
from tests.factories import NOW, House, answer, file, promised
from tests.sql_counts import at_most, exactly
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANA = PersonData(given_names="Ana", family_names="Rojas", email="ana@ejemplo.test")
WAITING = "Le atendemos en 15 minutos o menos"
LETTER = "El lunes esperó más de lo que prometemos. Le pedimos disculpas."


def common(house: House, role: Role = Role.QUALITY_MANAGER, now=NOW) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": now}


def promise(house: House, charter: str = "mesones", **more) -> Commitment:
    """Promise something more, in a charter of its own, since a year."""
    said = {
        "code": "espera", "text": WAITING, "kind_id": None, "days": 15, "target": Decimal(90),
        "remedy": "La jefatura le escribe una disculpa", "remedy_days": 10,
        "more": {"subject": "interaction", "unit": "mi", "channel": "counter", "remedy_kind": "apology"},
    }  # fmt: skip
    edition = publish_edition(
        **common(house), code=charter, title=charter.capitalize(), valid_from=house.today(NOW - 100 * DAY),
        approved_by="Resolución 3", commitments=[NewCommitment(**{**said, **more})],
    )  # fmt: skip
    house.institution.refresh_from_db()
    return edition.commitments.get()


@pytest.fixture
def waiting(house: House) -> Commitment:
    return promise(house)


def attended(house: House, *, person=ANA, now=NOW, **changes) -> Interaction:
    values = {
        "channel": Channel.COUNTER, "unit_id": house.units["oirs"], "begun_at": now, "waited": 40,
        "service_point_id": house.point, **changes,
    }  # fmt: skip
    return register_attention(
        **common(house, Role.FRONT_DESK, now), attention=Attention(**values), person=person
    )


def corrected(house: House, row: Interaction, *, person=None, **changes) -> Interaction:
    names = ("unit_id", "begun_at", "waited", "service_point_id", "topic_id", "subject", "minutes")
    values = {"channel": Channel(row.channel), **{name: getattr(row, name) for name in names}, **changes}
    return correct_attention(
        **common(house, Role.FRONT_DESK, NOW + DAY), attention_id=row.pk, attention=Attention(**values),
        person=person, based_on=None,
    )  # fmt: skip


def states(house: House, row: Interaction) -> list[str]:
    return sorted(clock.state for clock in clocks_of(house.institution.pk, "interaction", [row.pk]))


@pytest.mark.parametrize(
    ("said", "occasion", "is_meant"),
    [
        ({}, {}, True),
        ({"kind_id": 2}, {}, False),
        ({"form": "figure"}, {}, False),
        ({"subject": "interaction", "kind_id": None}, {}, False),
        ({"subject": "interaction", "kind_id": None}, {"subject": "interaction", "kind_id": None}, True),
        ({"channel": "counter"}, {"channel": "web"}, False),
        ({"channel": "counter"}, {"channel": "counter"}, True),
        ({"service_point_id": 4}, {"point_id": 4}, True),
        ({"service_point_id": 4}, {"point_id": None}, False),
    ],
)
def test_what_a_guarantee_speaks_of(said, occasion, is_meant):
    commitment = Commitment(**{"form": "guarantee", "subject": "case", "kind_id": 1, **said})
    told = Occasion(
        **{"subject": "case", "kind_id": 1, "topic_id": None, "channel": "web", "point_id": None, **occasion}
    )
    assert speaks_of(commitment, told) is is_meant


def test_a_topic_covers_those_under_it(house):
    above = Topic.objects.get(pk=house.topics["Inundaciones"])
    Topic.objects.filter(pk=house.topics["Transparencia"]).update(parent=above)
    touch_configuration(house.institution.pk)
    house.institution.refresh_from_db()
    commitment = Commitment(
        institution=house.institution, form="guarantee", subject="case", kind_id=1, topic_id=above.pk
    )
    told = [
        speaks_of(commitment, Occasion("case", 1, topic, "web", None))
        for topic in (above.pk, house.topics["Transparencia"], house.topics["Atención al público"], None)
    ]
    assert told == [True, True, False, False]


def test_who_waited_too_long_is_owed_a_remedy_at_once(house, waiting):
    row = attended(house)
    [clock] = clocks_of(house.institution.pk, "interaction", [row.pk])
    assert (clock.amount, clock.unit, clock.state, clock.source) == (15, "mi", "missed", waiting.source)
    assert clock.started_at == NOW - timedelta(minutes=40) and clock.ended_at == NOW
    breach = Breach.objects.get()
    assert (breach.interaction_id, breach.case_id, breach.subject_type) == (row.pk, None, "interaction")
    assert (breach.owed.state, breach.owed.text) == ("owed", "La jefatura le escribe una disculpa")
    told = [entry.kind for entry in history(house.institution.pk, row.stream)]
    assert told == ["cases.attention_registered", "charters.breach_opened"]
    assert verify_institution(house.institution.pk).problems == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"waited": 15}, ["met"]),
        ({"waited": 16}, ["missed"]),
        ({"waited": 0}, ["met"]),
        ({"waited": None}, []),
        ({"channel": Channel.PHONE}, []),
        ({"begun_at": NOW - 200 * DAY}, []),  # before the edition
    ],
)
def test_what_was_waited_is_judged_to_the_minute(house, waiting, changes, found):
    assert states(house, attended(house, **changes)) == found


def test_a_body_that_promises_nothing_of_it_pays_nothing_for_it(house):
    attended(house, person=None)
    with at_most(4):
        attended(house, person=None)
    promise(house)
    attended(house, person=None, waited=3)
    with at_most(6):
        attended(house, person=None, waited=3)


def test_nobody_is_owed_anything_where_nobody_knows_who_it_was(house, waiting):
    row = attended(house, person=None)
    assert Breach.objects.get().owed is None
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/atenciones/{row.pk}/"))
    assert "No cumplido" in page and "no hay a quién deber la medida" in page
    corrected(house, row, person=ANA)
    assert Breach.objects.get().owed.state == "owed"  # now they are known


def test_what_was_written_down_wrong_is_taken_back(house, waiting):
    row = attended(house)
    corrected(house, row, waited=4)
    assert states(house, row) == ["cancelled", "met"]
    breach = Breach.ever.get()
    assert breach.taken_back_at is not None
    remedy = Remedy.objects.get()
    assert (remedy.state, remedy.proof) == (
        "undone", "La atención se corrigió o se retiró: la persona no esperó de más.",
    )  # fmt: skip
    corrected(house, Interaction.objects.get(), waited=50)
    breach.refresh_from_db()
    assert breach.taken_back_at is None and Remedy.objects.get().state == "owed"
    assert Breach.ever.count() == 1 and verify_institution(house.institution.pk).problems == []


def test_whoever_opens_an_attention_reads_what_was_promised_of_it(house, waiting):
    client = house.client(Role.QUALITY_MANAGER)
    page = lambda row: words(client.get(f"/{house.slug}/gestion/atenciones/{row.pk}/"))  # noqa: E731
    kept, broken, untold = attended(house, waited=3), attended(house), attended(house, waited=None)
    assert f"{WAITING} Cumplido" in page(kept) and "Antes esperó 3 minutos" in page(kept)
    assert f"{WAITING} No cumplido" in page(broken) and "Ver la medida" in page(broken)
    assert "Lo que se le prometió" not in page(untold)


def test_what_changes_nothing_of_the_waiting_judges_nothing_anew(house, waiting):
    row = attended(house)
    corrected(house, row, subject="Vino por la beca")
    assert states(house, row) == ["missed"] and Clock.objects.filter(subject_type="interaction").count() == 1


def test_an_attention_that_is_withdrawn_or_undone_was_never_late(house, waiting):
    one, two = attended(house), attended(house)
    withdraw_attention(
        **common(house, Role.FRONT_DESK), attention_id=one.pk, reason="Dos veces.", based_on=None
    )
    undo_attention(**common(house, Role.FRONT_DESK), attention_id=two.pk)
    assert [states(house, row) for row in (one, two)] == [["cancelled"], ["cancelled"]]
    assert Breach.objects.count() == 0


def test_an_attention_that_becomes_a_request_keeps_what_it_is_owed(house, waiting):
    row = attended(house)
    case = file_attention(
        **common(house, Role.FRONT_DESK), attention_id=row.pk, kind_id=house.kinds["reclamo"].pk,
        body="La calle se inundó", based_on=None,
    )  # fmt: skip
    assert Breach.objects.get().interaction_id == row.pk
    assert Breach.objects.filter(case=case).count() == 0


def test_its_person_gets_the_letter_and_it_is_delivered_when_it_left(house, waiting, monkeypatch):
    attended(house)
    remedy, now = Remedy.objects.get(), NOW + DAY
    head = house.client(Role.QUALITY_MANAGER)
    monkeypatch.setattr("siac.charters.remedies.workspace.current_time", lambda: now)
    page = words(head.get(f"/{house.slug}/gestion/medidas/{remedy.pk}/"))
    assert f"Atención {Interaction.objects.get().pk}" in page and "Enviar la carta" in page
    send_letter(**common(house, now=now), remedy_id=remedy.pk, letter=LETTER)
    notice = Notice.objects.get()
    assert (notice.subject_type, notice.recipient.split(":")[0]) == ("interaction", "person")
    send_due(lambda: now)
    remedy.refresh_from_db()
    assert remedy.state == "delivered"
    listed = words(head.get(f"/{house.slug}/gestion/medidas/?estado=delivered"))
    assert f"Atención {Interaction.objects.get().pk}" in listed


def test_another_unit_reads_that_there_is_one_and_no_more(house, waiting):
    row = attended(house)
    remedy = Remedy.objects.get()
    page = house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/medidas/{remedy.pk}/")
    assert page.status_code == 200
    assert f'href="/{house.slug}/gestion/atenciones/{row.pk}/"' not in page.content.decode()


def test_the_list_of_remedies_of_a_unit_has_those_of_its_attentions(house, waiting):
    attended(house)
    client, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/medidas/"
    of = lambda code: words(client.get(f"{url}?unidad={house.units[code]}"))  # noqa: E731
    assert "le escribe una disculpa" in of("oirs") and "le escribe una disculpa" not in of("obras")
    table = b"".join(client.get(f"{url}?formato=csv").streaming_content).decode()
    assert "Atención" in table and "Oficina de Informaciones" in table


def test_compliance_counts_the_attentions_and_their_list_has_as_many(house, waiting, monkeypatch):
    for waited in (5, 10, 40, None):
        attended(house, waited=waited, now=NOW)
    days = {"first": house.today(), "last": house.today()}
    line = next(line for line in compliance(house.institution, **days) if line.commitment == waiting)
    assert (line.share.met, line.share.total, line.breaches, line.remedies_owed) == (2, 3, 1, 1)
    rows = behind(waiting, **days)
    assert rows.count() == 3
    assert len(kept_among(waiting, [row.pk for row in rows], **days)) == 2
    monkeypatch.setattr("siac.charters.workspace.current_time", lambda: NOW + DAY)
    page = words(
        house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/compromisos/{waiting.pk}/solicitudes/")
    )
    assert "Atenciones detrás de la cifra" in page and "No cumplido" in page
    assert about(waiting) == "Atenciones (presencial)"


def test_the_public_period_of_a_waiting_lists_attentions(house, waiting, monkeypatch):
    for waited in (5, 5, 5, 10, 10, 40, 40):
        attended(house, waited=waited)
    later = NOW + 40 * DAY
    freeze_periods(house.institution, now=later)
    result = PeriodResult.objects.get(code="espera", met=5)
    monkeypatch.setattr("siac.charters.register.portal.current_time", lambda: later)
    page = words(house.client().get(f"/{house.slug}/cartas/mesones/cumplimiento/{result.pk}/"))
    assert "Atenciones detrás de la cifra" in page and "5 de 7 a tiempo" in page and "40" in page
    told = words(house.client().get(f"/{house.slug}/cartas/mesones/cumplimiento/"))
    assert "Ver las atenciones y cada unidad" in told and "cuánto esperó la persona" in told
    assert "2 incumplimientos en 12 meses" in told


def test_what_was_waited_in_the_past_says_whether_it_can_be_promised(house):
    for waited in (5, 10, 40, 50):
        attended(house, waited=waited)
    count_all(house.institution, now=NOW + DAY)
    edition = start_edition(**common(house), charter_id=house.commitment.edition.charter_id)
    fields = promised(
        house, text=WAITING, subject="interaction", kind_id=None, amount=15, unit="mi", channel="counter"
    )
    save_commitment(**common(house), edition_id=edition.pk, fields=fields)
    lines = levels(CharterEdition.objects.get(pk=edition.pk), today=house.today(NOW + DAY))
    assert [line.of_words for line in lines if line.commitment.text == WAITING] == ["2 de 4"]


def test_a_waiting_that_is_owed_is_not_forgotten_and_then_is(house, waiting):
    row = attended(house)
    old = NOW + KEPT_FOR + DAY
    assert forget_attentions(now=old) == 0
    deliver_remedy(**common(house), remedy_id=Remedy.objects.get().pk, proof="Carta 12 a Ana Rojas")
    assert forget_attentions(now=old) == 1
    row.refresh_from_db()
    assert row.person_id is None and "Ana" not in Remedy.objects.get().proof


def test_remedies_of_attentions_are_counted_with_their_unit(house, waiting):
    attended(house)
    remedy = Remedy.objects.get()
    SOURCE.refresh(house.institution.pk, [remedy.pk])
    fact = RemedyFact.objects.get()
    assert (fact.unit_id, fact.kind_id) == (house.units["oirs"], 0)
    decide_remedy(**common(house), remedy_id=remedy.pk, is_due=False, reason="Fue un corte de luz general")
    SOURCE.refresh(house.institution.pk, [remedy.pk])
    assert RemedyFact.objects.get().is_refused


# A topic


@pytest.fixture
def floods(house: House) -> Commitment:
    """Complaints on floods are answered in two days; all of them in five."""
    return promise(
        house, code="inundaciones", text="Respondemos por inundaciones en 2 días hábiles", days=2,
        kind_id=house.kinds["reclamo"].pk,
        more={"topic_id": house.topics["Inundaciones"], "remedy_kind": "apology"},
    )  # fmt: skip


def sources(house: House, case) -> dict[str, str]:
    found = clocks_of(house.institution.pk, "case", [case.pk])
    return {clock.source: clock.state for clock in found if clock.kind == "commitment"}


def classify(house: House, case, topic: str, now=NOW + DAY) -> None:
    case.refresh_from_db()
    classify_case(
        **common(house, Role.FRONT_DESK, now), case_id=case.pk, version=case.version,
        topic_id=house.topics[topic],
    )  # fmt: skip


def test_a_promise_of_a_topic_binds_its_requests_and_no_other(house, floods):
    about_floods, other = file(house, topic_id=house.topics["Inundaciones"]), file(house)
    assert floods.indicator_id is None  # what a request is about may change after it was promised
    assert sources(house, about_floods) == {house.commitment.source: "running", floods.source: "running"}
    assert sources(house, other) == {house.commitment.source: "running"}


def test_promises_follow_a_change_of_topic_from_the_filing_on(house, floods):
    case = file(house)
    classify(house, case, "Inundaciones")
    [clock] = [
        clock for clock in clocks_of(house.institution.pk, "case", [case.pk]) if clock.source == floods.source
    ]
    assert (clock.state, clock.started_at) == ("running", case.filed_at)
    case.refresh_from_db()
    assert case.due_on == clock.due_on
    classify(house, case, "Atención al público")
    assert sources(house, case) == {house.commitment.source: "running", floods.source: "cancelled"}
    case.refresh_from_db()
    assert case.due_on > clock.due_on


def test_what_was_promised_stays_promised_when_topics_move(house, floods):
    case = file(house, topic_id=house.topics["Inundaciones"])
    other = file(house, topic_id=house.topics["Transparencia"])
    Topic.objects.filter(pk=house.topics["Transparencia"]).update(parent=house.topics["Inundaciones"])
    touch_configuration(house.institution.pk)
    body = Institution.objects.get(pk=house.institution.pk)
    for row in (case, other):
        row.institution = body
    assert set(promised_to(case)) == {house.commitment, floods}
    assert promised_to(other) == [house.commitment]  # filed before its topic moved there


def test_a_request_that_was_answered_keeps_the_promises_it_had(house, floods):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + DAY)
    case.refresh_from_db()
    follow_topic(house.institution, case, before=house.topics["Inundaciones"], now=NOW + 2 * DAY)
    assert sources(house, case) == {house.commitment.source: "met"}


def test_a_topic_is_counted_by_its_clocks_and_listed_by_them(house, floods):
    said = {"topic_id": house.topics["Inundaciones"], "unit_id": house.units["obras"]}
    cases = [file(house, **said) for _ in range(3)]
    answer(house, cases[0], now=NOW + DAY)
    settle_overdue(NOW + 10 * DAY)
    answer(house, cases[1], now=NOW + 10 * DAY)
    days = {"first": house.today(), "last": house.today(NOW + 12 * DAY)}
    line = next(line for line in compliance(house.institution, **days) if line.commitment == floods)
    assert (line.share.met, line.share.total, line.late_open, line.breaches) == (1, 3, 1, 2)
    assert behind(floods, **days).count() == 3
    assert about(floods) == "Reclamo, «Inundaciones»"


# A figure that owes everybody


@pytest.fixture
def below(house: House) -> PeriodResult:
    """A figure of September that lies below its target, and whose commitment owes something for it."""
    since = house.today(NOW - 100 * DAY)
    Indicator.objects.filter(pk=house.commitment.indicator_id).update(since=since, frequency="month")
    figure = promise(
        house, code="pronto", text="Nueve de cada diez reclamos se responden pronto", days=None,
        remedy="Publicamos una disculpa y lo que hacemos",
        more={
            "form": "figure", "indicator_id": house.commitment.indicator_id, "remedy_when_below": True,
            "remedy_kind": "apology",
        },
    )  # fmt: skip
    for number in range(6):
        case = file(house, unit_id=house.units["obras"])
        answer(house, case, now=NOW + (DAY if number < 3 else 15 * DAY))
    later = NOW + 40 * DAY
    count_all(house.institution, now=later)
    freeze_result(
        institution=house.institution, indicator_id=figure.indicator_id, first=date(2026, 9, 1),
        actor=house.user(Role.AUDITOR), now=later,
    )  # fmt: skip
    freeze_periods(house.institution, now=later)
    return PeriodResult.objects.get(code="pronto", met=3)


def test_programs_are_told_which_promise_a_figure_broke(house, below):
    breach = Breach.objects.get(result=below)
    rows = JournalEntry.objects.filter(kind="charters.breach_opened", data__breach=breach.pk)
    found = entries_of(house.institution.pk, [row.pk for row in rows])
    with exactly(1):
        (told,) = outside_events()["commitment.breached"].telling(house.institution.pk, found).values()
    charter = below.charter.code
    assert told.subject == f"{charter}/pronto"
    assert (told.data["charter"], told.data["commitment"], told.data["cause"]) == (
        charter,
        "pronto",
        "figure",
    )
    assert "folio" not in told.data


def test_a_figure_below_its_target_owes_everybody_where_it_says_so(house, below):
    breach = Breach.objects.get(result=below)
    assert (breach.cause, breach.due_on, breach.is_public) == ("figure", below.last, True)
    assert (breach.owed.state, breach.owed.text) == ("owed", "Publicamos una disculpa y lo que hacemos")
    freeze_periods(house.institution, now=NOW + 41 * DAY)
    assert Breach.objects.filter(result=below).count() == 1
    told = [entry.kind for entry in history(house.institution.pk, below.charter.stream)]
    assert "charters.breach_opened" in told
    assert verify_institution(house.institution.pk).problems == []


def test_its_letter_is_read_by_everybody_where_the_figure_is(house, below, monkeypatch):
    remedy, later = Remedy.objects.get(breach__result=below), NOW + 41 * DAY
    for page in ("remedies.workspace", "register.portal"):
        monkeypatch.setattr(f"siac.charters.{page}.current_time", lambda: later)
    client, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/medidas/{remedy.pk}/"
    page = words(client.get(url))
    assert "Publicar la carta" in page and "A quienes usan el servicio" in page
    assert client.post(url, {"act": "letter", "letter": LETTER}).status_code == 302
    remedy.refresh_from_db()
    assert (remedy.state, remedy.proof) == ("delivered", "Publicada en el cumplimiento de la carta.")
    assert not Notice.objects.filter(kind="charters.remedy_letter").exists()
    public = words(house.client().get(f"/{house.slug}/cartas/mesones/cumplimiento/"))
    assert LETTER in public and "1 incumplimiento en 12 meses" in public
    listed = words(client.get(f"/{house.slug}/gestion/medidas/?estado=delivered"))
    assert "A todos" in listed


@pytest.mark.parametrize(
    ("act", "said"),
    [("delivered", "Lo que damos por ello:"), ("refused", "Por qué no damos nada por ello:")],
)
def test_what_is_said_to_everybody_without_a_letter_is_read_there_too(house, below, monkeypatch, act, said):
    remedy, later = Remedy.objects.get(breach__result=below), NOW + 41 * DAY
    for page in ("remedies.workspace", "register.portal"):
        monkeypatch.setattr(f"siac.charters.{page}.current_time", lambda: later)
    client, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/medidas/{remedy.pk}/"
    public = lambda: words(house.client().get(f"/{house.slug}/cartas/mesones/cumplimiento/"))  # noqa: E731
    assert "por ello:" not in public()
    told = "Se leyó en la cuenta pública del <b>martes</b>"
    assert client.post(url, {"act": act, "words": told, "letter": "Borrador"}).status_code == 302
    assert f"{said} Se leyó en la cuenta pública" in public() and "Borrador" not in public()


def test_a_figure_that_does_not_say_so_owes_nobody_anything(house, below):
    Commitment.objects.filter(code="pronto").update(remedy_when_below=False)
    touch_configuration(house.institution.pk)
    house.institution.refresh_from_db()
    RemedyFact.objects.all().delete()
    Remedy.objects.all().delete()
    Breach.ever.all().delete()
    PeriodResult.objects.filter(code="pronto").delete()
    freeze_periods(house.institution, now=NOW + 41 * DAY)
    assert PeriodResult.objects.get(code="pronto", met=3).is_reached is False
    assert Breach.objects.filter(result__isnull=False).count() == 0


def test_a_breach_is_of_one_thing(house, waiting):
    row = attended(house)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(interaction=row).update(case=file(house).pk)
