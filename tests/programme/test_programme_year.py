# SPDX-License-Identifier: EUPL-1.2
"""A programme from its opening to the review of a pack: requirements, proofs, rules that change."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.findings.public import Severity, Source, open_finding
from siac.kernel.errors import Refused
from siac.processes.commands.guides import save_guide
from siac.processes.domain.guides import keep_phases
from siac.processes.models import Guide
from siac.processes.public import finish_task, process_of, skip_phase
from siac.programme.domain.subjects import KIND
from siac.programme.models import Pack, Programme
from siac.programme.public import follow_rules, line_for, open_programme, requirements
from tests.factories import NOW, House
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
K = Role.QUALITY_MANAGER
PMG = "pmg-calidad-servicio"


def common(house: House, role=K, now=NOW):
    return {"institution": house.institution, "actor": house.user(role), "now": now}


@pytest.fixture
def programme(house) -> Programme:
    return open_programme(**common(house), guide_code=PMG, year=2026)


def run_of(house, programme):
    return process_of(house.institution, KIND, programme.pk)


def row_of(house, programme, phase, task):
    today = house.institution.local_date(NOW)
    found = requirements(programme, line_for(programme, today=today), today=today)
    return next(each for each in found if (each.phase.plan.code, each.plan.code) == (phase, task))


def test_a_year_has_a_programme_once_and_another_the_next(house, programme):
    with pytest.raises(Refused, match="programme_open"):
        open_programme(**common(house), guide_code=PMG, year=2026)
    assert open_programme(**common(house), guide_code=PMG, year=2027).pk != programme.pk
    with pytest.raises(Refused, match="guide_unknown"):
        open_programme(**common(house), guide_code="mtpe-f1-f12", year=2026)
    with pytest.raises(Refused, match="programme_year"):
        open_programme(**common(house), guide_code=PMG, year=26)


def test_a_requirement_says_what_the_system_holds_and_what_is_missing(house, programme):
    before = row_of(house, programme, "E1", "r6")
    assert before.proven == [("Hallazgos", 0)] and "el sistema no tiene: hallazgos" in before.missing
    open_finding(
        **common(house), title="Respuestas tarde", source=Source.COMPLAINTS, severity=Severity.GRAVE,
    )  # fmt: skip
    after = row_of(house, programme, "E1", "r6")
    assert after.proven == [("Hallazgos", 1)]
    assert after.missing == ["nadie lo da por hecho", "no tiene expediente"]
    done = finish_task(
        **common(house), run_id=run_of(house, programme).pk, phase="E1", task="r3", note="Tablas por edad",
        files=[], dated_on=date(2026, 8, 31),
    )  # fmt: skip
    assert done.dated_on == date(2026, 8, 31)
    assert row_of(house, programme, "E1", "r3").missing == ["no tiene expediente"]


def test_what_happened_in_another_year_proves_nothing(house):
    earlier = open_programme(**common(house), guide_code=PMG, year=2025)
    open_finding(**common(house), title="Tarde", source=Source.COMPLAINTS, severity=Severity.GRAVE)
    assert row_of(house, earlier, "E1", "r6").proven == [("Hallazgos", 0)]


def changed_guide(house, change) -> Guide:
    guide = Guide.objects.get(code=PMG)
    phases = keep_phases(guide.plan)
    change(phases)
    return save_guide(
        **common(house), guide=guide, title=guide.title, subject_kind=KIND, phases=phases,
        based_on=guide.version,
    )  # fmt: skip


def test_rules_that_change_in_the_year_leave_what_was_signed_and_keep_what_was_done(house, programme):
    run = run_of(house, programme)
    skip_phase(**common(house), run_id=run.pk, phase="E1", reason="Se hizo el año pasado")
    finish_task(**common(house), run_id=run.pk, phase="E2", task="r4", note="Fichas", files=[])

    def change(phases):
        phases[0]["tasks"] = phases[0]["tasks"][:1]
        phases[1]["tasks"].append(
            {"code": "r9", "text": "Publicar la política", "who": "", "document": "", "is_required": True,
             "check": ""}
        )  # fmt: skip
        phases[2]["tasks"] = phases[2]["tasks"][1:]

    guide = changed_guide(house, change)
    assert len(run_of(house, programme).plan[0].tasks) == 6, "a running one keeps its rules until told"
    asked = {"programme": programme, "run_id": run.pk, "based_on": guide.version, "actor": house.user(K)}
    told = follow_rules(**asked, now=NOW)
    assert told.added == ("Publicar la política",) and told.removed == ("Ejecutar las acciones del plan",)
    plan = run_of(house, programme).plan
    assert len(plan[0].tasks) == 6, "what was over stays as it was signed"
    assert [task.code for task in plan[1].tasks] == ["r1", "r2", "r3", "r4", "r9"]
    assert row_of(house, programme, "E2", "r4").task.is_done
    with pytest.raises(Refused, match="guide_followed"):
        follow_rules(**asked, now=NOW)


def test_rules_that_change_again_meanwhile_are_not_followed_unseen(house, programme):
    seen = changed_guide(house, lambda phases: phases[0]["tasks"].pop())
    changed_guide(house, lambda phases: phases[0]["tasks"].pop())
    with pytest.raises(Refused, match="guide_moved"):
        follow_rules(
            programme=programme, run_id=run_of(house, programme).pk, based_on=seen.version,
            actor=house.user(K), now=NOW,
        )  # fmt: skip


def test_its_pages(house, other_house, programme):
    client, base = house.client(K), f"/{house.slug}/gestion/programa"
    assert "Sistema de Calidad de Servicio" in words(client.get(f"{base}/"))
    with at_most(26):
        page = client.get(f"{base}/{programme.pk}/")
    told = words(page)
    assert "Qué falta: 19 de 19" in told and "Sesiones con acta aprobada: 0" in told
    assert "Constituir el comité" in words(client.get(f"{base}/{programme.pk}/falta/"))
    one = words(client.get(f"{base}/{programme.pk}/E1/r1/"))
    assert "Se busca: sesiones de órganos abiertas en 2026 con acta aprobada." in one
    assert client.get(f"{base}/{programme.pk}/E9/r1/").status_code == 404
    bad = client.post(f"{base}/abrir/", {"guide": PMG, "year": "2026"})
    assert bad.status_code == 422 and "Ese año ya tiene ese programa." in words(bad)
    changed_guide(house, lambda phases: phases[3]["tasks"].pop())
    rules = client.get(f"{base}/{programme.pk}/reglas/")
    assert "Se quitan" in words(rules)
    assert client.post(f"{base}/{programme.pk}/reglas/", {"version": "x"}, follow=True).status_code == 200
    assert run_of(house, programme).guide_version == 1
    client.post(f"{base}/{programme.pk}/reglas/", {"version": "2"})
    assert run_of(house, programme).guide_version == 2
    foreign = other_house.client(K).get(f"/{other_house.slug}/gestion/programa/{programme.pk}/")
    assert foreign.status_code == 404
    for role in (Role.UNIT_OFFICER, Role.COUNCIL_MEMBER, Role.COMMUNICATIONS):
        assert house.client(role).get(f"{base}/{programme.pk}/").status_code == 403, role
    asked = house.client(Role.COMMITTEE_MEMBER).post(f"{base}/{programme.pk}/E1/r1/expediente/")
    assert asked.status_code == 403
    assert not Pack.objects.exists()
