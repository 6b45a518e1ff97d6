# SPDX-License-Identifier: EUPL-1.2
"""The work list: where each role begins, its orders, what its rows ask for,
referring in one press, the workload.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.alerts.commands import raise_alerts
from siac.cases.commands.approving import submit_answer
from siac.cases.models import Case
from siac.cases.public import Outcome, add_information, ask_for_information, assign_case, save_kind
from siac.cases.suggesting import queries as suggesting
from siac.cases.suggesting.commands import learn_nightly
from siac.cases.teamwork.commands import add_task, note_with_mentions
from siac.journal.public import JournalEntry
from siac.organizations.models import Membership
from siac.ui import lists
from tests.factories import NOW, file, person
from tests.sql_counts import at_most, exactly

pytestmark = pytest.mark.django_db
R = Role


def shown(house, role=R.QUALITY_MANAGER, query=""):
    return house.client(role).get(f"/{house.slug}/gestion/solicitudes/{query}")


def folios(response) -> list[str]:
    return [row["folio"] for row in response.context["rows"]]


def give(house, case, role):
    return assign_case(
        institution=house.institution, case_id=case.pk, version=None, assignee_id=house.user(role).pk,
        actor=house.user(R.HEAD_OF_UNIT), now=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "view"),
    [
        (R.FRONT_DESK, "por-derivar"),
        (R.UNIT_OFFICER, "mias"),
        (R.HEAD_OF_UNIT, "unidad"),
        (R.QUALITY_MANAGER, "abiertas"),
        (R.AUTHORITY, "abiertas"),
        (R.AUDITOR, "abiertas"),
    ],
)
def test_each_role_begins_with_its_own_queue(house, role, view):
    assert shown(house, role).context["view"].code == view


def test_what_no_unit_has_is_to_be_routed_and_stays_there_until_one_has_it(house):
    loose, had = file(house), file(house, unit_id=house.units["obras"])
    page = shown(house, R.FRONT_DESK)
    assert folios(page) == [loose.folio] and had.folio not in page.content.decode()
    assert "Por derivar" in page.context["rows"][0]["state"]


ORDERS = [f"{sign}{code}" for code in ("vence", "folio", "asunto", "unidad", "estado") for sign in ("", "-")]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_pages_without_losing_or_doubling_a_row(house, monkeypatch, order):
    monkeypatch.setattr(lists, "PAGE_SIZE", 3)
    now = timezone.now()
    subjects = ("Ñandú", "nube", "Nube", "árbol", "Zanja", "", "Arena", "ñato")
    for n, subject in enumerate(subjects):
        unit = house.units[("obras", "juridico")[n % 2]] if n % 3 else None
        file(house, subject=subject, unit_id=unit, now=now - timedelta(days=n // 2))
    everything = shown(house, query=f"?vista=abiertas&orden={order}&canal=web")
    seen, page = folios(everything), everything
    while page.context["listing"].next_url:
        page = house.client(R.QUALITY_MANAGER).get(page.context["listing"].next_url)
        seen += folios(page)
    assert sorted(seen) == sorted(case.folio for case in Case.objects.all())
    back = folios(page)
    while page.context["listing"].previous_url:
        page = house.client(R.QUALITY_MANAGER).get(page.context["listing"].previous_url)
        back = folios(page) + back
    assert back == seen


def test_subjects_stand_as_in_a_dictionary(house):
    for subject in ("Ñandú", "nube", "Obra", "árbol", "Zanja", "Arena"):
        file(house, subject=subject)
    page = shown(house, query="?vista=abiertas&orden=asunto")
    assert [row["subject"] for row in page.context["rows"]] == [
        "árbol", "Arena", "nube", "Ñandú", "Obra", "Zanja",
    ]  # fmt: skip


def test_a_head_says_how_the_list_stands_and_names_are_never_ordered_by(house):
    file(house)
    page = shown(house, query="?vista=abiertas&orden=-folio")
    heads = {head["label"]: head for head in page.context["heads"]}
    assert heads["Folio"]["stands"] == "descending" and "orden=folio" in heads["Folio"]["url"]
    assert heads["Persona"] == {"label": "Persona", "stands": "", "url": ""}
    assert page.content.decode().count("aria-sort=") == 1
    plain = {head["label"]: head["stands"] for head in shown(house, query="?vista=abiertas").context["heads"]}
    assert plain["Vence"] == "ascending"


def test_what_has_no_end_is_ordered_only_by_what_an_index_keeps(house):
    first, last = file(house), file(house)
    page = shown(house, query="?vista=todas&orden=asunto")
    assert folios(page) == [last.folio, first.folio]
    assert [head["label"] for head in page.context["heads"] if head["url"]] == ["Folio"]


def test_an_export_stands_in_the_order_of_the_list(house):
    for subject in ("b", "a", "c"):
        file(house, subject=subject, unit_id=house.units["obras"])
    address = f"/{house.slug}/gestion/solicitudes/exportar/?vista=abiertas&orden=-asunto&formato=csv"
    told = b"".join(house.client(R.HEAD_OF_UNIT).get(address).streaming_content).decode("utf-8-sig")
    places = [told.index(f";{subject};") for subject in "cba"]
    assert places == sorted(places)


def test_only_what_asks_for_something_is_a_tag(house):
    now = timezone.now()
    plain = give(house, file(house, unit_id=house.units["obras"], now=now), R.UNIT_OFFICER)
    waits = file(house, unit_id=house.units["obras"], now=now)
    ask_for_information(
        institution=house.institution, case_id=waits.pk, version=None, body="¿Dónde?",
        actor=house.user(R.HEAD_OF_UNIT), now=now,
    )  # fmt: skip
    wrote = file(house, unit_id=house.units["obras"], now=now)
    add_information(institution=house.institution, case_id=wrote.pk, body="Va la foto.", now=now)
    loose = file(house, now=now)
    rows = {
        row["folio"]: (str(row["state"]), row["wrote"])
        for row in shown(house, query="?vista=todas").context["rows"]
    }
    assert rows[plain.folio] == ("En la unidad", "")
    assert "govuk-tag" in rows[waits.folio][0] and "En espera" in rows[waits.folio][0]
    assert rows[wrote.folio] == ("En la unidad", "Escribió hoy")
    assert "Por derivar" in rows[loose.folio][0]


def test_an_answer_that_waits_to_be_approved_says_so_in_its_row(house):
    kind = house.kinds["reclamo"]
    save_kind(institution=house.institution, actor=None, now=NOW, kind=kind, approver="head_of_unit")
    house.institution.refresh_from_db()
    case = file(house, unit_id=house.units["obras"], now=timezone.now())
    submit_answer(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        draft_version=0,
        body="Se hará.",
        outcome=Outcome.UPHELD,
        actor=house.user(R.UNIT_OFFICER),
        now=timezone.now(),
    )
    (row,) = shown(house, R.HEAD_OF_UNIT).context["rows"]
    assert "Por aprobar" in row["state"]
    menu = shown(house, R.HEAD_OF_UNIT).content.decode()
    assert 'Por aprobar<span class="siac-side__count">1</span>' in menu


def test_rows_stand_under_their_urgency_with_how_many_the_list_has(house):
    now = timezone.now()
    for days in (60, 60, 1):
        file(house, "consulta", unit_id=house.units["obras"], now=now - timedelta(days=days))
    page = shown(house, query="?vista=abiertas")
    assert [(part["name"], part["count"], len(part["rows"])) for part in page.context["sections"]] == [
        ("Atrasadas", "2", 2),
        ("Más adelante", "1", 1),
    ]
    narrowed = shown(house, query=f"?vista=abiertas&tipo={house.kinds['reclamo'].pk}&canal=web")
    assert not narrowed.context["rows"]
    sorted_otherwise = shown(house, query="?vista=abiertas&orden=folio")
    assert [part.get("name") for part in sorted_otherwise.context["sections"]] == [None]


def test_one_press_refers_to_the_unit_of_the_topic_and_comes_back_to_the_list(house):
    case = file(house)
    Case.objects.filter(pk=case.pk).update(topic=house.topics["Transparencia"])
    page = shown(house, R.FRONT_DESK, "?vista=por-derivar&canal=web")
    (row,) = page.context["rows"]
    assert (row["to_unit"]["pk"], row["to_unit"]["why"]) == (house.units["juridico"], "por el tema")
    assert "Derivar aquí" in page.content.decode()
    sent = {
        "vista": "por-derivar",
        "canal": "web",
        "version": row["version"],
        "unit_id": row["to_unit"]["pk"],
    }
    client, address = (
        house.client(R.FRONT_DESK),
        f"/{house.slug}/gestion/solicitudes/{case.folio}/derivar-aqui/",
    )
    done = client.post(address, {**sent, "offered": sent["unit_id"]})
    assert done["Location"] == f"/{house.slug}/gestion/solicitudes/?vista=por-derivar&canal=web"
    case.refresh_from_db()
    assert case.unit_id == house.units["juridico"]
    told = JournalEntry.objects.filter(stream=case.stream, kind="cases.referred").get()
    assert told.data["suggested"] == {"offered": [case.unit_id], "taken": True}
    assert f"{case.folio} quedó en Departamento Jurídico." in client.get(done["Location"]).content.decode()
    assert client.post(address, sent).status_code == 403  # a unit has it: the desk routes it no more


def test_a_case_that_changed_meanwhile_is_not_referred_and_the_list_says_so(house):
    case = file(house)
    client = house.client(R.FRONT_DESK)
    sent = {"version": case.version - 1, "unit_id": house.units["obras"]}
    done = client.post(f"/{house.slug}/gestion/solicitudes/{case.folio}/derivar-aqui/", sent, follow=True)
    case.refresh_from_db()
    assert case.unit_id is None
    assert f"{case.folio} no se derivó." in done.content.decode()


def test_words_suggest_the_unit_without_a_statement_more(house, monkeypatch):
    monkeypatch.setattr(suggesting, "LEAST_MEASURED", 2)
    for unit, body, count in (
        ("juridico", "Pido copia del contrato.", 5), ("obras", "La calle tiene una poza.", 3),
        ("juridico", "Pido copia del contrato.", 1), ("obras", "Otra poza en la calle.", 2),
    ):  # fmt: skip
        for _ in range(count):
            file(house, "sugerencia", body=body, unit_id=house.units[unit], subject="Solicitud")
    learn_nightly(now=timezone.now())
    for _ in range(3):
        file(house, "sugerencia", body="Una poza enorme en la calle", subject="Ayuda")
    client, address = house.client(R.FRONT_DESK), f"/{house.slug}/gestion/solicitudes/"
    rows = client.get(address).context["rows"]
    assert {(row["to_unit"]["name"], row["to_unit"]["why"]) for row in rows} == {
        ("Obras y mantención", "por sus palabras")
    }
    with exactly(6 if rows[0]["person"] != "Anónima" else 5):
        client.get(address)


def test_the_menu_counts_what_waits_and_says_nothing_of_nothing(house):
    now, head = timezone.now(), house.user(R.HEAD_OF_UNIT)
    page = shown(house, R.HEAD_OF_UNIT).content.decode()
    assert 'Tareas y menciones<span class="siac-side__count">' not in page
    case = give(house, file(house, "consulta", unit_id=house.units["obras"], now=NOW), R.HEAD_OF_UNIT)
    add_task(
        institution=house.institution,
        case_id=case.pk,
        text="Llamar",
        due_on=house.today(now),
        user_id=head.pk,
        unit_id=None,
        actor=house.user(R.UNIT_OFFICER),
        now=now,
    )
    note_with_mentions(
        institution=house.institution,
        case_id=case.pk,
        body="@Head Of Unit vea esto",
        actor=house.user(R.UNIT_OFFICER),
        now=now,
    )
    raise_alerts(now=NOW + timedelta(days=24))
    client = house.client(R.HEAD_OF_UNIT)
    alerts = len(client.get(f"/{house.slug}/gestion/alertas/").context["alerts"])
    assert alerts
    for path in ("solicitudes/", "tareas/", f"solicitudes/{case.folio}/"):
        page = client.get(f"/{house.slug}/gestion/{path}").content.decode()
        assert 'Tareas y menciones<span class="siac-side__count">2</span>' in page, path
        assert f'Alertas de plazo<span class="siac-side__count">{alerts}</span>' in page, path


def test_every_number_of_the_workload_opens_just_as_many_cases(house):
    now = timezone.now()
    for n, days in enumerate((90, 60, 13, 11, 2, 0)):
        case = file(house, unit_id=house.units["obras"], now=now - timedelta(days=days))
        if n % 3:
            give(house, case, R.UNIT_OFFICER if n % 2 else R.HEAD_OF_UNIT)
    file(house, unit_id=house.units["juridico"], now=now)
    client = house.client(R.HEAD_OF_UNIT)
    loads = client.get(f"/{house.slug}/gestion/carga/").context["loads"]
    assert [row["load"].name for row in loads] == ["Sin asignar", "Head Of Unit", "Unit Officer"]
    assert sum(row["load"].open for row in loads) == 6
    assert sum(row["load"].late for row in loads) >= 2
    for row in loads:
        for figure in row["figures"]:
            assert len(client.get(figure["url"]).context["rows"]) == figure["count"], figure


def test_whose_role_has_ended_is_in_no_team_even_before_the_job_ran(house):
    yesterday = house.today(timezone.now()) - timedelta(days=1)
    Membership.objects.filter(user=house.user(R.UNIT_OFFICER)).update(until=yesterday)
    loads = house.client(R.HEAD_OF_UNIT).get(f"/{house.slug}/gestion/carga/").context["loads"]
    assert [row["load"].name for row in loads] == ["Sin asignar", "Head Of Unit"]


def test_the_workload_stands_beside_the_form_that_assigns_many(house):
    case = file(house, unit_id=house.units["obras"])
    client = house.client(R.HEAD_OF_UNIT)
    chosen = client.post(
        f"/{house.slug}/gestion/solicitudes/en-lote/", {"hacer": "asignar", "caso": [case.pk]}, follow=True
    )
    assert "Lo que tiene cada persona" in chosen.content.decode()


def test_an_empty_view_says_what_comes_next(house):
    file(house, unit_id=house.units["obras"], subject="Tarde")  # what is late already is not what comes next
    case = file(house, unit_id=house.units["obras"], now=timezone.now(), subject="Furgón")
    page = shown(house, R.HEAD_OF_UNIT, "?vista=hoy").content.decode()
    assert "Nada vence hoy" in page and f"{case.folio}, Furgón" in page
    assert "Ver todas las abiertas (2)" in page


def test_filters_that_leave_nothing_say_which_one_is_too_much(house):
    file(house, unit_id=house.units["obras"])
    narrow = shown(house, R.HEAD_OF_UNIT, f"?vista=abiertas&canal=letter&tipo={house.kinds['reclamo'].pk}")
    page = narrow.content.decode()
    assert "Ninguna solicitud con estos filtros" in page
    assert "Hay 1 sin «Canal: Carta» y 1 sin ningún filtro." in page
    assert "Quitar «Canal: Carta»" in page and "Quitar todos los filtros" in page


def test_a_row_tells_how_many_more_requests_its_person_has_among_those_one_sees(house):
    marta, luis = person(email="marta@ejemplo.org"), person(email="luis@ejemplo.org", document_number="")
    first = file(house, who=marta, unit_id=house.units["obras"])
    file(house, who=marta, unit_id=house.units["obras"])
    file(house, who=marta, unit_id=house.units["juridico"])
    file(house, "denuncia", who=marta, unit_id=house.units["juridico"])
    alone = file(house, "sugerencia", who=luis, unit_id=house.units["obras"])
    hidden = {
        role: {row["folio"]: row["others"] for row in shown(house, role, "?vista=todas").context["rows"]}
        for role in (R.UNIT_OFFICER, R.QUALITY_MANAGER, R.AUDITOR, R.AUTHORITY)
    }
    assert hidden[R.UNIT_OFFICER][first.folio] == "1 solicitud más"
    assert hidden[R.QUALITY_MANAGER][first.folio] == "2 solicitudes más"
    assert hidden[R.AUDITOR][first.folio] == "3 solicitudes más"  # who sees restricted ones
    assert hidden[R.AUTHORITY][first.folio] == ""  # who may not read who wrote
    assert hidden[R.QUALITY_MANAGER][alone.folio] == ""


def test_a_row_tells_up_to_fifty_more_and_costs_the_same_for_many(house):
    for _ in range(51):
        file(house, who=person(email="marta@ejemplo.org"), unit_id=house.units["obras"])
    browser, address = house.client(R.QUALITY_MANAGER), f"/{house.slug}/gestion/solicitudes/?vista=todas"
    browser.get(address)
    with at_most(6):
        rows = browser.get(address).context["rows"]
    assert {row["others"] for row in rows} == {"50 solicitudes más"}  # of all entries of the person
    file(house, who=person(email="marta@ejemplo.org"), unit_id=house.units["obras"])
    rows = browser.get(address).context["rows"]
    assert {row["others"] for row in rows} == {"más de 50 solicitudes más"}


def test_a_restricted_case_is_neither_counted_nor_suggested_to_who_may_not_see_it(house):
    file(house, "denuncia", now=timezone.now())
    page = shown(house, R.FRONT_DESK, "?vista=por-derivar")
    assert page.context["total"] == "0" and not page.context["rows"]
    loads = house.client(R.FRONT_DESK).get(f"/{house.slug}/gestion/carga/").context["loads"]
    assert loads[0]["load"].open == 0
