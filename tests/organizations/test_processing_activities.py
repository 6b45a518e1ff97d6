# SPDX-License-Identifier: EUPL-1.2
"""The register of processing activities (Ley 21.719, RGPD art.

30): kept, exported, never saved over another.
"""

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.organizations.models import ProcessingActivity
from tests.factories import make_house

FIELDS = {
    "name": "Atención de solicitudes",
    "purpose": "Responder",
    "basis": "Ley 19.880",
    "subjects": "Personas",
    "data": "Nombre",
    "recipients": "Nadie",
    "transfers": "",
    "retention": "Dos años",
    "security": "=Cifrado",
    "responsible": "OIRS",
    "is_active": "on",
}


@pytest.fixture
def house(db):
    return make_house("muni", "CL")


def test_an_activity_is_added_changed_and_exported(house):
    admin = house.client(Role.ADMINISTRATOR)
    assert (
        admin.post(
            reverse("workspace:setup:activity_new", args=["muni"]), {**FIELDS, "based_on": "0"}
        ).status_code
        == 302
    )
    row = ProcessingActivity.objects.get()
    url = reverse("workspace:setup:activity", args=["muni", row.pk])
    assert admin.post(url, {**FIELDS, "retention": "Tres años", "based_on": "1"}).status_code == 302
    late = admin.post(url, {**FIELDS, "retention": "Cinco años", "based_on": "1"})
    assert late.status_code == 422
    assert "Cinco años" in late.content.decode() and 'name="based_on" value="2"' in late.content.decode()
    text = b"".join(admin.get(reverse("workspace:setup:activities_export", args=["muni"]))).decode(
        "utf-8-sig"
    )
    assert "Cuándo se borran" in text
    assert "Tres años" in text
    assert "'=Cifrado" in text


def test_two_activities_do_not_share_a_name_and_others_stay_out(house):
    admin = house.client(Role.ADMINISTRATOR)
    new = reverse("workspace:setup:activity_new", args=["muni"])
    admin.post(new, {**FIELDS, "based_on": "0"})
    again = admin.post(new, {**FIELDS, "based_on": "0"})
    assert (again.status_code, ProcessingActivity.objects.count()) == (422, 1)
    assert "Ya hay una actividad" in again.content.decode()
    assert (
        house.client(Role.AUDITOR).get(reverse("workspace:setup:activities", args=["muni"])).status_code
        == 403
    )
    make_house("otra", "CL")
    row = ProcessingActivity.objects.get()
    assert admin.get(f"/otra/gestion/configuracion/actividades/{row.pk}/").status_code == 403
