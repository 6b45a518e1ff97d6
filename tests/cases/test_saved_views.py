# SPDX-License-Identifier: EUPL-1.2
"""A list with its filters gets a name: for oneself, a unit, or everybody; seen beside the standing views."""

from urllib.parse import urlencode

import pytest

from siac.accounts.public import Role
from siac.cases.lists.commands import save_view
from siac.cases.models import SavedView
from tests.factories import NOW, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


def address(house, path=""):
    return f"/{house.slug}/gestion/{path}"


def save(house, role, query, **typed):
    values = {"name": "Reclamos web", "scope": "own", **typed}
    return house.client(role).post(address(house, f"vistas/nueva/?{query}"), values)


def listed(house, role, query="vista=abiertas") -> str:
    house.institution.refresh_from_db()
    return house.client(role).get(address(house, f"solicitudes/?{query}")).content.decode()


def test_a_list_is_saved_under_a_name_and_opens_again_with_its_filters_and_count(house):
    query = f"vista=abiertas&tipo={house.kinds['reclamo'].pk}&canal=web"
    for _ in range(2):
        file(house, unit_id=house.units["obras"])
    file(house, "consulta", unit_id=house.units["obras"])
    assert f"vistas/nueva/?{query.replace('&', '&amp;')}" in listed(house, R.UNIT_OFFICER, query)
    sent = save(house, R.UNIT_OFFICER, query)
    assert sent.status_code == 302 and sent.url.endswith(query)
    shown = listed(house, R.UNIT_OFFICER, query)
    assert (
        'aria-current="page"><span aria-hidden="true">★ '
        '</span>Reclamos web <span class="siac-side__count">2</span>'
    ) in shown
    assert (
        '>Reclamos web <span class="siac-total">2</span></h1>' in shown
        and "Renombrar o compartir" in shown
        and "Guardar esta vista" not in shown
    )
    assert shown.count('aria-current="page"') == 2  # the entry of the side, and this view alone


def test_it_is_seen_by_whom_it_is_for(house):
    save(house, R.HEAD_OF_UNIT, "vista=atrasadas&canal=web", name="Solo mía")
    save(
        house,
        R.HEAD_OF_UNIT,
        "vista=atrasadas&canal=web",
        name="De Obras",
        scope=f"unit:{house.units['obras']}",
    )
    house.institution.refresh_from_db()
    save(house, R.QUALITY_MANAGER, "vista=atrasadas&canal=web", name="De todos", scope="body")
    seen = {
        role: [name for name in ("Solo mía", "De Obras", "De todos") if name in listed(house, role)]
        for role in (R.HEAD_OF_UNIT, R.UNIT_OFFICER, R.FRONT_DESK)
    }
    assert seen == {
        R.HEAD_OF_UNIT: ["Solo mía", "De Obras", "De todos"],
        R.UNIT_OFFICER: ["De Obras", "De todos"],
        R.FRONT_DESK: ["De todos"],
    }


def test_an_officer_shares_with_nobody(house):
    refused = save(house, R.UNIT_OFFICER, "vista=atrasadas&canal=web", scope="body")
    assert refused.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("vista=atrasadas", "", "Escriba un nombre."),
        ("", "Nada", "Esta lista no tiene nada que guardar"),
        ("seleccion=3", "De paso", "Esta lista no tiene nada que guardar"),
        ("vista=hoy", "Reclamos web", "Ya hay una vista llamada «Reclamos web»."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(house, query, name, said):
    save(house, R.UNIT_OFFICER, "vista=atrasadas")
    refused = save(house, R.UNIT_OFFICER, query, name=name)
    assert refused.status_code == 422
    assert said in refused.content.decode()


def test_only_filters_of_the_body_are_kept(house, other_house):
    mine, theirs = file(house, unit_id=house.units["obras"]), file(other_house)
    good = {
        "vista": "todas", "orden": "-folio", "q": "agua", "tipo": house.kinds["reclamo"].pk,
        "persona": mine.person_id, "responsable": house.user(R.UNIT_OFFICER).pk, "canal": "web",
    }  # fmt: skip
    bad = {
        "vista": "ninguna", "orden": "clave", "q": "agua", "tipo": other_house.kinds["reclamo"].pk,
        "persona": theirs.person_id, "responsable": other_house.user(R.UNIT_OFFICER).pk, "canal": "humo",
        "lote": 10**19, "servicio": 3, "unidad": other_house.units["obras"], "causa": 57, "desde": "ayer",
    }  # fmt: skip
    for name, params in (("Buena", good), ("Mala", bad)):
        assert save(house, R.QUALITY_MANAGER, urlencode(params), name=name).status_code == 302
    assert SavedView.objects.get(name="Buena").params == {key: str(value) for key, value in good.items()}
    assert SavedView.objects.get(name="Mala").params == {"q": "agua"}


def test_renamed_and_removed_by_whoever_may_and_by_nobody_else(house):
    save(house, R.UNIT_OFFICER, "vista=atrasadas&canal=web")
    row = SavedView.objects.get()
    own, page = house.client(R.UNIT_OFFICER), address(house, f"vistas/{row.pk}/")
    assert own.post(page, {"name": "Del sitio", "scope": "own"}).status_code == 302
    assert "Del sitio" in listed(house, R.UNIT_OFFICER)
    for stranger in (R.QUALITY_MANAGER, R.HEAD_OF_UNIT):
        assert house.client(stranger).post(page, {"name": "Otra", "scope": "own"}).status_code == 404
        assert house.client(stranger).post(f"{page}quitar/").status_code == 404
    assert own.post(f"{page}quitar/").status_code == 302
    assert "Del sitio" not in listed(house, R.UNIT_OFFICER)


def test_the_list_costs_no_more_with_many_saved(house):
    file(house, unit_id=house.units["obras"])
    for number in range(20):
        save_view(
            institution=house.institution,
            actor=house.user(R.UNIT_OFFICER),
            now=NOW,
            name=f"Vista {number}",
            params={
                "vista": "abiertas",
                **({"lote": "1"}, {"responsable": "1"}, {"q": "agua"}, {"canal": "web"})[number % 4],
            },
            owner_id=house.user(R.UNIT_OFFICER).pk,
        )
    house.institution.refresh_from_db()
    client = house.client(R.UNIT_OFFICER)
    for query in ("vista=abiertas", "vista=todas&q=inundaciones&estado=with_unit"):
        client.get(address(house, f"solicitudes/?{query}"))
        with at_most(6):
            assert client.get(address(house, f"solicitudes/?{query}")).status_code == 200
