# SPDX-License-Identifier: EUPL-1.2
"""Templates of answers: for whom each is, what is checked, and how one gets into an answer."""

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.answer_templates.commands import save_template
from siac.cases.models import AnswerTemplate
from siac.people.public import PersonData
from tests.cases.test_answer_drafts import ask_approval, page, post, url
from tests.cases.test_handling import refusal
from tests.factories import ANONYMOUS, NOW, House, file, person
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]


def write(house: House, role: Role, **data):
    return house.client(role).post(
        f"/{house.slug}/gestion/plantillas/nueva/",
        {"title": "Saludo", "scope": "own", "body": "Estimada {nombre}:", "is_active": "on", **data},
    )


def make(house: House, role: Role = Role.QUALITY_MANAGER, **data) -> AnswerTemplate:
    made = save_template(
        institution=house.institution, actor=house.user(role), now=NOW,
        **{"title": "Saludo", "body": "Estimada {nombre}: {folio}", **data},
    )  # fmt: skip
    house.institution.refresh_from_db()
    return made


def test_everybody_writes_their_own_and_only_they_see_it(house):
    assert write(house, Role.UNIT_OFFICER).status_code == 302
    made = AnswerTemplate.objects.get()
    assert (made.owner, made.unit) == (house.user(Role.UNIT_OFFICER), None)
    address = f"/{house.slug}/gestion/plantillas/"
    assert "Saludo" in house.client(Role.UNIT_OFFICER).get(address).content.decode()
    assert "Saludo" not in house.client(Role.HEAD_OF_UNIT).get(address).content.decode()
    assert house.client(Role.HEAD_OF_UNIT).get(f"{address}{made.pk}/").status_code == 404
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    assert "Saludo</option>" in page(house, case)
    assert "Saludo</option>" not in page(house, case, Role.HEAD_OF_UNIT)


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (Role.UNIT_OFFICER, "unit:obras", 422), (Role.HEAD_OF_UNIT, "unit:obras", 302),
        (Role.HEAD_OF_UNIT, "unit:obras-calle", 302), (Role.HEAD_OF_UNIT, "unit:juridico", 422),
        (Role.HEAD_OF_UNIT, "body", 422), (Role.QUALITY_MANAGER, "body", 302),
        (Role.QUALITY_MANAGER, "unit:juridico", 302), (Role.FRONT_DESK, "own", 403),
    ],
)  # fmt: skip
def test_who_writes_for_whom(house, role, scope, status):
    kind, _, code = scope.partition(":")
    assert write(house, role, scope=f"{kind}:{house.units[code]}" if code else kind).status_code == status


def test_a_template_of_a_unit_is_offered_there_and_below_and_not_elsewhere(house):
    make(house, unit_id=house.units["obras"], title="De obras")
    below = file(house, now=timezone.now(), unit_id=house.units["obras-calle"])
    elsewhere = file(house, "acceso", now=timezone.now(), unit_id=house.units["juridico"])
    make(house, title="De todos")
    shown = page(house, below)
    assert "De obras</option>" in shown
    assert "De todos</option>" in shown
    template = AnswerTemplate.objects.get(title="De obras")
    direct = house.client(Role.HEAD_OF_UNIT).get(url(house, elsewhere, f"plantilla/{template.pk}"))
    assert direct.status_code in (403, 404)


def test_an_unknown_variable_is_refused_by_name_and_what_was_typed_stays(house):
    refused = write(house, Role.UNIT_OFFICER, body="Hola {nombres}")
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "La variable {nombres} no existe" in shown
    assert "Hola {nombres}</textarea>" in shown
    assert refusal(lambda: make(house, body="{nada}")) == "variable_unknown"
    assert refusal(lambda: make(house, body=" ")) == "text_missing"
    assert refusal(lambda: make(house, unit_id=999_999)) == "unit_unknown"


def test_a_template_comes_back_filled_in_after_the_saved_draft(house):
    template = make(
        house,
        body=(
            "Estimada {nombre}: sobre {folio}, {asunto}, de {unidad}, {organismo}, al {fecha}; vence {vence}."
        ),
    )
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    post(house, case, "borrador", body="Antes.")
    shown = house.client(Role.UNIT_OFFICER).get(url(house, case), {"plantilla": template.pk}).content.decode()
    assert (
        f"Antes.\n\nEstimada María Ñancupil Soto: sobre {case.folio}, Agua en la calle, de Obras y mantención"
        in shown
    )
    assert "Complete a mano" not in shown
    plain = house.client(Role.UNIT_OFFICER).get(url(house, case, f"plantilla/{template.pk}"))
    assert plain["Content-Type"].startswith("text/plain")
    assert plain.content.decode().startswith("Estimada María Ñancupil Soto: sobre")


def test_a_variable_without_a_value_is_shown_and_not_sent(house):
    template = make(house)
    case = file(house, "sugerencia", who=ANONYMOUS, now=timezone.now(), unit_id=house.units["obras"])
    shown = house.client(Role.UNIT_OFFICER).get(url(house, case), {"plantilla": template.pk}).content.decode()
    assert "Complete a mano antes de enviar: {nombre}." in shown
    for action in ("responder", "enviar-a-aprobacion"):
        refused = post(house, case, action, body="Estimada {nombre}: sí", outcome="upheld")
        assert refused.status_code == 422
        assert "Falta completar {nombre}" in refused.content.decode()
        ask_approval(house, kind="sugerencia")
    ask_approval(house, "", kind="sugerencia")
    case.refresh_from_db()
    assert case.state == "with_unit"
    assert post(house, case, "responder", body="Estimada vecina: sí", outcome="upheld").status_code == 302


def test_braces_in_a_name_do_no_harm(house):
    template = make(house)
    named = person(given_names="{asunto}", family_names="Soto")
    assert isinstance(named, PersonData)
    case = file(house, who=named, now=timezone.now(), unit_id=house.units["obras"])
    text = house.client(Role.UNIT_OFFICER).get(url(house, case, f"plantilla/{template.pk}")).content.decode()
    assert text == f"Estimada {{asunto}} Soto: {case.folio}"


def test_templates_cost_the_case_page_nothing(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    for number in range(20):
        make(house, title=f"Plantilla {number}")
    browser = house.client(Role.UNIT_OFFICER)
    browser.get(url(house, case))
    with at_most(12):
        assert "Plantilla 7" in browser.get(url(house, case)).content.decode()


def test_one_that_is_no_longer_offered_stays_to_be_changed(house):
    template = make(house, is_active=False)
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    assert "Saludo</option>" not in page(house, case)
    address = f"/{house.slug}/gestion/plantillas/{template.pk}/"
    manager = house.client(Role.QUALITY_MANAGER)
    assert manager.get(address).status_code == 200
    changed = manager.post(
        address, {"title": "Adiós", "scope": "body", "body": "Atentamente", "is_active": "on"}
    )
    assert changed.status_code == 302
    assert "Adiós</option>" in page(house, case)
