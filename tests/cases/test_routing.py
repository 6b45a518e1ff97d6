# SPDX-License-Identifier: EUPL-1.2
"""Rules route what comes in: through filing, classifying, the set-up pages and the case page."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from siac.cases.models import RoutingRule, RoutingRun, RoutingVersion
from siac.cases.public import Case, classify_case, save_kind
from siac.cases.routing.queries import preview
from siac.cases.routing.rule_commands import move_rule, save_rule
from siac.clocks.public import clocks_of
from siac.journal.public import JournalEntry, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.public import grant_role, save_unit
from tests.cases.test_sql_budgets import COLD, send_form
from tests.factories import ANONYMOUS, NOW, House, file, person
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


def rule(house: House, name: str = "Baches", **fields) -> RoutingRule:
    saved = save_rule(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW, name=name, **fields
    )
    house.institution.refresh_from_db()
    return saved


def classified(house: House, case: Case, topic: str | None, now=NOW) -> Case:
    return classify_case(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        topic_id=house.topics[topic] if topic else None,
        actor=house.user(Role.QUALITY_MANAGER),
        now=now,
    )


def test_a_rule_routes_by_words_whatever_their_form(house):
    made = rule(house, words="hoyos calzada\nbaches", set_unit_id=house.units["obras-calle"])
    case = file(house, body="Hay un BACHE enorme frente al colegio.")
    assert (case.unit_id, case.state) == (house.units["obras-calle"], "with_unit")
    run = RoutingRun.objects.get(case=case)
    assert (run.rule_id, run.rule_version, run.event, run.outcome) == (made.pk, 1, "filed", "applied")
    entry = JournalEntry.objects.get(stream=case.stream, kind="cases.routed")
    assert entry.actor_id is None and entry.data["rules"] == [
        {"outcome": "applied", "rule": made.pk, "version": 1}
    ]
    assert not verify_institution(house.institution.pk).problems
    other = file(house, body="El semáforo no funciona.")
    assert other.unit_id is None and not RoutingRun.objects.filter(case=other).exists()


@pytest.mark.parametrize(
    ("fields", "filing", "matches"),
    [
        ({"senders": ["anonymous"]}, {"kind": "sugerencia", "who": ANONYMOUS}, True),
        ({"senders": ["anonymous"]}, {"kind": "sugerencia"}, False),
        ({"senders": ["natural"]}, {"kind": "sugerencia"}, True),
        ({"channels": ["email"]}, {"kind": "sugerencia"}, False),
        ({"restricted": True}, {"kind": "denuncia"}, True),
        ({"restricted": True}, {"kind": "sugerencia"}, False),
        ({"places": "cerro alegre\nplacilla"}, {"kind": "sugerencia", "place": "Comuna de Placilla"}, True),
        ({"places": "cerro alegre"}, {"kind": "sugerencia", "place": "Cerro Castillo"}, False),
        ({"answers": "¿Dónde ocurrió? | plaza"}, {"answers": {"donde": "En la Plaza"}}, True),
        ({"answers": "¿Dónde ocurrió? | plaza"}, {"answers": {"donde": "En la playa"}}, False),
        ({"answers": "¿Cuándo ocurrió? |"}, {"answers": {"donde": "En la plaza"}}, False),
    ],
)
def test_conditions(house, fields, filing, matches):
    rule(house, set_unit_id=house.units["juridico"], **fields)
    case = file(house, **filing)
    assert (case.unit_id == house.units["juridico"]) is matches


def test_what_a_person_said_stands_and_a_rule_beats_the_topic_and_kind(house):
    rule(house, set_unit_id=house.units["juridico"], set_topic_id=house.topics["Transparencia"])
    typed = file(house, unit_id=house.units["oirs"], topic_id=house.topics["Inundaciones"])
    assert (typed.unit_id, typed.topic_id) == (house.units["oirs"], house.topics["Inundaciones"])
    assert RoutingRun.objects.get(case=typed).outcome == "settled"
    topical = file(house, topic_id=house.topics["Inundaciones"])
    assert (topical.unit_id, topical.topic_id) == (house.units["juridico"], house.topics["Inundaciones"])


def test_a_topic_given_by_a_rule_leads_to_its_unit(house):
    rule(house, words="inundación", set_topic_id=house.topics["Inundaciones"])
    assert file(house).unit_id == house.units["obras"]


def test_officers_get_their_turn(house):
    for n in (1, 2):
        grant_role(
            institution=house.institution, actor=None, now=NOW, email=f"o{n}@puerto.example", name=f"O{n}",
            role=Role.UNIT_OFFICER, unit_id=house.units["obras"],
        )  # fmt: skip
    house.institution.refresh_from_db()
    rule(house, set_unit_id=house.units["obras"], in_turn=True)
    got = [file(house).assignee_id for _ in range(6)]
    assert len(set(got[:3])) == 3 and got[:3] == got[3:]


def test_a_turn_is_taken_too_where_the_unit_was_said(house):
    rule(house, set_unit_id=house.units["obras"], in_turn=True)
    case = file(house, unit_id=house.units["obras"])
    assert case.assignee_id == house.user(Role.UNIT_OFFICER).pk
    assert Case.objects.get(pk=case.pk).assignee_id == RoutingRun.objects.get(case=case).assignee_id


def test_a_unit_without_officers_assigns_nobody_and_says_so(house):
    rule(house, set_unit_id=house.units["juridico"], in_turn=True)
    case = file(house)
    assert case.assignee_id is None and case.unit_id is None
    assert RoutingRun.objects.get(case=case).outcome == "gone"


def test_a_rule_can_only_close_a_case_not_open_it(house):
    rule(house, words="menor", set_restricted=True, set_unit_id=house.units["juridico"])
    assert file(house, body="Se trata de una menor de edad.").is_restricted
    assert not file(house).is_restricted


def test_a_rule_to_a_unit_no_longer_in_use_does_nothing(house):
    made = rule(house, set_unit_id=house.units["juridico"])
    save_unit(
        institution=house.institution, actor=None, now=NOW, code="juridico", name="Departamento Jurídico",
        unit=made.set_unit, is_active=False,
    )  # fmt: skip
    house.institution.refresh_from_db()
    case = file(house)
    assert case.unit_id is None and RoutingRun.objects.get(case=case).outcome == "gone"


def test_the_unit_of_a_rule_decides_the_terms(house):
    save_kind(institution=house.institution, actor=None, now=NOW, kind=house.kinds["sugerencia"], unit_days=3)
    house.institution.refresh_from_db()
    rule(house, set_unit_id=house.units["juridico"])
    case = file(house, "sugerencia")
    kinds = {clock.kind: clock.source for clock in clocks_of(house.institution.pk, "case", [case.pk])}
    assert kinds["unit"] == f"unit:{house.units['juridico']}"


def test_filing_stays_in_its_budget_with_many_rules(house):
    for n in range(20):
        rule(house, f"Regla {n}", words=f"palabra{n}", set_unit_id=house.units["juridico"])
    rule(house, "Última", words="inundación", set_unit_id=house.units["obras"], in_turn=True)
    file(house)
    with at_most(11):
        case = file(house)
    assert case.assignee_id == house.user(Role.UNIT_OFFICER).pk


def test_rules_cost_a_filing_no_sql_where_none_matches(house):
    file(house)
    with CaptureQueriesContext(connection) as bare:
        file(house)
    rule(house, words="perro", set_unit_id=house.units["obras"])
    file(house)
    with CaptureQueriesContext(connection) as ruled:
        file(house)
    assert len(ruled) == len(bare)


def test_filing_on_the_portal_stays_in_its_budget(house):
    rule(house, words="inundación", set_unit_id=house.units["obras"], in_turn=True)
    send_form(house, budget=COLD)
    assert send_form(house, budget=7).assignee_id == house.user(Role.UNIT_OFFICER).pk


def test_a_classification_is_followed_up_to_the_limit(house):
    rule(house, "A jurídico", topics=[house.topics["Transparencia"]], set_unit_id=house.units["juridico"],
         on_classified=True)  # fmt: skip
    rule(
        house,
        "A obras",
        topics=[house.topics["Inundaciones"]],
        set_unit_id=house.units["obras"],
        on_classified=True,
    )
    case = file(house)
    units = []
    for n in range(5):
        topic = "Transparencia" if n % 2 == 0 else "Inundaciones"
        units.append(classified(house, case, topic, now=NOW + timedelta(hours=n)).unit_id)
    juridico, obras = house.units["juridico"], house.units["obras"]
    assert units == [juridico, obras, juridico, juridico, juridico]
    outcomes = list(RoutingRun.objects.filter(case=case).order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["applied", "applied", "applied", "limit", "settled"]
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/por-que/")
    text = page.content.decode()
    assert "A jurídico" in text and "llegó al límite de derivaciones automáticas" in text


def test_the_same_topic_again_is_no_event(house):
    rule(
        house, topics=[house.topics["Transparencia"]], set_unit_id=house.units["juridico"], on_classified=True
    )
    case = file(house)
    classified(house, case, "Transparencia")
    classified(house, case, "Transparencia")
    assert RoutingRun.objects.filter(case=case).count() == 1


def test_one_rule_cannot_act_twice_on_one_event(house):
    rule(house, set_unit_id=house.units["obras"])
    run = RoutingRun.objects.get(case=file(house))
    run.pk = None
    with pytest.raises(IntegrityError, match="cases_routing_once_an_event"), transaction.atomic():
        run.save()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "routing_without_effect"),
        ({"in_turn": True, "set_restricted": True}, "routing_turn_without_unit"),
        ({"set_unit_id": 999_999}, "unit_unknown"),
        ({"set_topic_id": 999_999}, "topic_unknown"),
        ({"set_restricted": True}, "routing_restrict_without_unit"),
        ({"kinds": [999_999], "set_assignee_id": 999_999}, "kind_unknown"),
        ({"set_assignee_id": 999_999}, "assignee_unknown"),
    ],
)
def test_refusals(house, fields, code):
    with pytest.raises(Refused) as refused:
        rule(house, **fields)
    assert refused.value.code == code


def test_names_are_taken_once(house):
    rule(house, set_restricted=True, set_unit_id=house.units["juridico"])
    with pytest.raises(Refused, match="routing_name_taken"):
        rule(house, set_restricted=True, set_unit_id=house.units["juridico"])


def test_every_change_is_a_version_and_no_change_is_none(house):
    made = rule(house, set_restricted=True, set_unit_id=house.units["juridico"])
    again = rule(house, rule=made, set_restricted=True, set_unit_id=house.units["juridico"])
    assert again.version == 1
    changed = rule(house, rule=made, set_restricted=True, set_unit_id=house.units["juridico"], words="menor")
    assert changed.version == 2
    kept = RoutingVersion.objects.filter(rule=made).order_by("number")
    assert [version.fields["words"] for version in kept] == ["", "menor"]


def test_the_order_is_kept_and_a_rule_out_of_use_is_silent(house):
    first = rule(house, "Una", set_unit_id=house.units["obras"])
    second = rule(house, "Otra", set_unit_id=house.units["juridico"])
    assert file(house).unit_id == house.units["obras"]
    common = {"institution": house.institution, "actor": house.user(Role.ADMINISTRATOR), "now": NOW}
    move_rule(**common, rule_id=second.pk, up=True)
    house.institution.refresh_from_db()
    assert file(house).unit_id == house.units["juridico"]
    move_rule(**common, rule_id=second.pk, up=True)
    house.institution.refresh_from_db()
    rule(house, "Otra", rule=second, is_active=False)
    assert file(house).unit_id == house.units["obras"]
    with pytest.raises(Refused, match="routing_unknown"):
        move_rule(**common, rule_id=first.pk + 1000, up=True)


def test_a_preview_tells_what_would_change_and_changes_nothing(house):
    file(house, body="Un bache enorme")
    case = file(house, body="Otro bache", topic_id=house.topics["Inundaciones"])
    file(house, "denuncia", body="Un bache reservado")
    draft = RoutingRule(
        institution=house.institution, words="baches", set_unit_id=house.units["obras"],
        set_topic_id=house.topics["Inundaciones"],
    )  # fmt: skip
    with at_most(6):
        found = preview(house.institution, draft)
    assert (found.looked, found.matched, found.changed) == (2, 2, 1)
    assert found.matches[0].folio == case.folio
    (unit, topic) = found.matches[1].changes[1], found.matches[1].changes[0]
    assert (unit.before, unit.after) == ("sin unidad", "Obras y mantención") and topic.before == "sin tema"
    assert RoutingRun.objects.count() == 0


def post(house: House, path: str, **data):
    return house.client(Role.ADMINISTRATOR).post(
        f"/{house.slug}/gestion/configuracion/derivacion/{path}", data
    )


def test_the_pages_make_try_order_and_stop_a_rule(house):
    file(house, body="Un bache")
    typed = {
        "name": "Baches",
        "words": "baches",
        "set_unit": house.units["obras"],
        "assign": "turno",
        "is_active": "on",
    }
    tried = post(house, "nueva/", **typed, probar="1")
    assert tried.status_code == 200 and "coincide con 1" in tried.content.decode()
    assert not RoutingRule.objects.exists()
    assert post(house, "nueva/", **typed).status_code == 302
    made = RoutingRule.objects.get()
    assert (made.in_turn, made.set_unit_id) == (True, house.units["obras"])
    listed = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/derivacion/")
    assert "«baches»" in listed.content.decode() and "Deriva a Obras y mantención" in listed.content.decode()
    assert post(house, f"{made.pk}/uso/", uso="no").status_code == 302
    made.refresh_from_db()
    assert (made.is_active, made.version) == (False, 2)
    assert post(house, f"{made.pk}/mover/", hacia="arriba").status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "R"}, "Indique qué hace la regla"),
        ({"name": "R", "words": "de la", "set_restricted": "on"}, "Línea 1: «de la» no tiene palabras"),
        (
            {"name": "R", "answers-0-question": "¿Qué?", "answers-0-words": "nada", "set_restricted": "on"},
            "Respuesta 1: Ningún tipo pregunta eso",
        ),
        ({"name": "R", "assign": "turno", "set_restricted": "on"}, "elija la unidad cuyas personas"),
        ({"set_restricted": "on"}, "Escriba el nombre"),
    ],
)
def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(house, typed, message):
    page = post(house, "nueva/", **typed)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert typed.get("answers-0-question", "") in page.content.decode()


def test_the_list_and_the_log_stay_in_their_budget(house):
    for n in range(15):
        rule(house, f"Regla {n}", words="inundación", set_unit_id=house.units["obras"],
             set_assignee_id=house.user(Role.UNIT_OFFICER).pk)  # fmt: skip
    for _ in range(5):
        file(house)
    browser, base = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/derivacion/"
    first = RoutingRule.objects.order_by("pk")[0]
    for path in ("", f"{first.pk}/casos/"):
        browser.get(base + path)
        with at_most(6):
            assert browser.get(base + path).status_code == 200


def test_restricted_cases_are_not_in_the_log_of_whoever_may_not_read_them(house):
    made = rule(house, words="inundación", set_unit_id=house.units["obras"])
    case = file(house, "denuncia", who=person())
    page = house.client(Role.ADMINISTRATOR).get(
        f"/{house.slug}/gestion/configuracion/derivacion/{made.pk}/casos/"
    )
    assert RoutingRun.objects.filter(case=case).exists()
    assert case.folio not in page.content.decode()


def test_a_rule_saved_by_somebody_else_meanwhile_is_not_overwritten_unseen(house):
    typed = {"name": "Baches", "words": "baches", "set_unit": house.units["obras"], "is_active": "on"}
    assert post(house, "nueva/", **typed).status_code == 302
    made = RoutingRule.objects.get()
    assert post(house, f"{made.pk}/", **{**typed, "words": "hoyos", "based_on": "1"}).status_code == 302
    late = post(house, f"{made.pk}/", **{**typed, "words": "zanjas", "based_on": "1"})
    assert (
        late.status_code == 422
        and "(versión 2)" in late.content.decode()
        and "zanjas" in late.content.decode()
    )
    made.refresh_from_db()
    assert made.words == "hoyos"
    told = words(late)
    assert "Lo que se guardó mientras usted editaba Palabras del texto: baches → cambió a hoyos" in told
    assert post(house, f"{made.pk}/", **{**typed, "channels": ["web"], "based_on": "2"}).status_code == 302
    page = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/derivacion/{made.pk}/")
    assert "Canales: (vacío) → cambió a" in words(page)
