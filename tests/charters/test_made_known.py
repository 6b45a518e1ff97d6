# SPDX-License-Identifier: EUPL-1.2
"""What follows an approval: the edition is made known by a guided process, and somebody keeps its file."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.charters.commands.archiving import save_archive
from siac.charters.commands.drafting import start_edition
from siac.charters.models import CharterEdition
from siac.charters.sealing import edition_problems, problems
from siac.kernel.errors import Refused
from siac.processes.public import adopt_guide, finish_task, process_of
from tests.factories import NOW, House
from tests.words import words

pytestmark = pytest.mark.django_db


def _url(house: House, more: str) -> str:
    return f"/{house.slug}/gestion/cartas/{more}"


def _draft(house: House) -> CharterEdition:
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    return start_edition(**common, charter_id=house.commitment.edition.charter_id)


def test_an_approved_edition_is_made_known_by_tasks_with_evidence(house):
    manager, edition = house.client(Role.QUALITY_MANAGER), house.commitment.edition
    page = _url(house, f"{edition.charter_id}/?edicion=1")
    assert "Tome primero la guía de difusión" in words(manager.get(page))
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    guide = adopt_guide(**common, code="difusion-carta")
    assert "Empezar la difusión" in words(manager.get(page))
    assert "Empezar la difusión" not in words(house.client(Role.FRONT_DESK).get(page))
    begin = _url(house, f"ediciones/{edition.pk}/difusion/")
    assert "Elija una guía" in words(manager.post(begin, {"guia": "0"}, follow=True))
    assert manager.post(begin, {"guia": guide.pk}).url.endswith(page)
    run = process_of(house.institution, "charter_edition", edition.pk)
    finish_task(**common, run_id=run.pk, phase="D1", task="t1", note="Plan firmado", files=[])
    told = words(manager.get(page))
    assert "1 de 13 tareas hechas" in told and "En curso: Plan de difusión" in told
    assert "Difusión de Carta de servicios, edición 1" in words(
        manager.get(f"/{house.slug}/gestion/procesos/{run.pk}/")
    )


def test_a_draft_is_neither_made_known_nor_archived(house):
    draft, manager = _draft(house), house.client(Role.QUALITY_MANAGER)
    assert manager.post(_url(house, f"ediciones/{draft.pk}/difusion/"), {"guia": "1"}).status_code == 404
    assert manager.get(_url(house, f"ediciones/{draft.pk}/archivo/")).status_code == 404
    assert "Custodia" not in words(manager.get(_url(house, f"{draft.charter_id}/")))
    with pytest.raises(Refused, match="archive_draft"):
        _archived(house, edition_id=draft.pk)


def _archived(house: House, **more) -> CharterEdition:
    return save_archive(
        **{
            "institution": house.institution, "edition_id": house.commitment.edition_id,
            "custodian_id": house.units["oirs"], "file_code": "", "kept_until": None,
            "actor": house.user(Role.QUALITY_MANAGER), "now": NOW, **more,
        }
    )  # fmt: skip


def test_somebody_keeps_the_file_until_a_day(house):
    manager, edition = house.client(Role.QUALITY_MANAGER), house.commitment.edition
    url = _url(house, f"ediciones/{edition.pk}/archivo/")
    assert "Elija la unidad" in words(manager.post(url, {"custodian_id": ""}))
    day = {"kept_until": "2031-09-07"}
    filled = {"custodian_id": house.units["oirs"], "file_code": "EXP-12", "based_on": "0"}
    saved = manager.post(url, {**filled, **day})
    assert saved.status_code == 302, words(saved)
    told = words(manager.get(_url(house, f"{edition.charter_id}/?edicion=1")))
    assert "Oficina de Informaciones" in told and "EXP-12" in told and "7 de septiembre de 2031" in told
    assert list(edition_problems(house.institution.pk)) == []  # what was approved says what it said
    stale = manager.post(url, filled)
    assert stale.status_code in (409, 422)
    edition.refresh_from_db()
    assert edition.kept_until.year == 2031
    assert list(problems(house.institution.pk)) == []
    CharterEdition.objects.filter(pk=edition.pk).update(file_code="EXP-13")
    (said,) = problems(house.institution.pk)
    assert "el archivo de una edición" in said and "no dice lo que consta" in said


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"edition_id": 0}, "edition_unknown"),
        ({"custodian_id": 0}, "unit_unknown"),
        ({"kept_until": NOW.date() - timedelta(days=1)}, "archive_day"),
    ],
)
def test_what_cannot_be_archived_is_refused(house, more, code):
    with pytest.raises(Refused, match=code):
        _archived(house, **more)
