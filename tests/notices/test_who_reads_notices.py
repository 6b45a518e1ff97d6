# SPDX-License-Identifier: EUPL-1.2
"""The text of a notice about a case is for whoever may read the case."""

import pytest

from siac.accounts.public import Role
from siac.notices.models import Notice
from tests.factories import NOW, answer, file

pytestmark = [pytest.mark.django_db]


@pytest.mark.parametrize(
    ("kind", "role", "reads"),
    [
        ("reclamo", Role.QUALITY_MANAGER, True),
        ("reclamo", Role.ADMINISTRATOR, False),
        ("denuncia", Role.QUALITY_MANAGER, False),
        ("denuncia", Role.AUDITOR, True),
    ],
)
def test_the_answer_of_a_case_is_read_only_with_the_case(house, kind, role, reads):
    case = file(house, kind, unit_id=house.units["obras"])
    answer(house, case, now=NOW)
    notice = Notice.objects.get(kind="cases.answered", subject_id=case.pk)
    Notice.objects.filter(pk=notice.pk).update(body="La respuesta, entera.", subject_line="Respuesta")
    page = house.client(role).get(f"/{house.slug}/gestion/avisos/{notice.pk}/")
    assert page.status_code == 200
    assert ("La respuesta, entera." in page.content.decode()) is reads
