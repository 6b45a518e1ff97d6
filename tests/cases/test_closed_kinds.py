# SPDX-License-Identifier: EUPL-1.2
"""Reports of wrongdoing and cases with children: closed to named roles or
persons on every screen, each reading told.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from siac.accounts.public import Role, Scope, create_token
from siac.cases.access import case_by_code, may, visible_to
from siac.cases.alerts.commands import raise_alerts
from siac.cases.models import CaseKind
from siac.cases.public import CaseRight, ask_for_information, merge_case, save_kind
from siac.cases.restricting.commands import restrict_case, unrestrict_case
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import ANONYMOUS, NOW, House, answer, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


def close(house: House, **changes) -> None:
    """Close the kind «denuncia» to some roles or persons."""
    save_kind(institution=house.institution, actor=None, now=NOW, kind=house.kinds["denuncia"], **changes)
    house.institution.refresh_from_db()


def seers(house, case) -> set[Role]:
    return {role for role in Role if visible_to(house.access(role)).filter(pk=case.pk).exists()}


@pytest.mark.parametrize(
    ("unit", "readers", "sees"),
    [
        ("obras", [], {R.HEAD_OF_UNIT, R.AUDITOR}),
        ("obras", ["quality_manager"], {R.QUALITY_MANAGER}),
        ("obras", ["unit_officer", "auditor"], {R.UNIT_OFFICER, R.AUDITOR}),
        ("obras-calle", ["head_of_unit"], {R.HEAD_OF_UNIT}),
        ("juridico", ["head_of_unit"], set()),
        (None, ["head_of_unit", "authority"], {R.HEAD_OF_UNIT, R.AUTHORITY}),
    ],
)
def test_only_the_named_roles_over_their_units_see_it(house, unit, readers, sees):
    close(house, readers=readers)
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units[unit] if unit else None)
    assert seers(house, case) == sees


def test_a_named_person_sees_all_of_the_kind_and_may_do_there_what_the_role_allows(house):
    officer = house.user(R.UNIT_OFFICER)
    close(house, named_readers=[officer.pk])
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["juridico"])
    assert seers(house, case) == {R.UNIT_OFFICER}
    answer(house, case, now=NOW + timedelta(days=1))
    access = house.access(R.UNIT_OFFICER)
    ordinary = file(house, unit_id=house.units["juridico"])

    assert (may(access, case, CaseRight.WORK), may(access, ordinary, CaseRight.WORK)) == (
        True,
        False,
    )


def test_somebody_named_without_a_reading_role_opens_the_case_and_nothing_else(house):
    close(house, named_readers=[house.user(R.COMMITTEE_MEMBER).pk])
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["juridico"])
    ordinary = file(house, unit_id=house.units["juridico"])
    client, base = house.client(R.COMMITTEE_MEMBER), f"/{house.slug}/gestion/solicitudes/"
    shown = client.get(f"{base}?vista=todas").content.decode()
    assert (case.folio in shown, ordinary.folio in shown) == (True, False)
    assert client.get(f"{base}{case.folio}/").status_code == 200
    assert client.get(f"{base}{ordinary.folio}/").status_code == 404


@pytest.mark.parametrize("role", [R.FRONT_DESK, R.UNIT_OFFICER, R.HEAD_OF_UNIT, R.AUTHORITY, R.AUDITOR])
def test_no_screen_gives_a_closed_case_away(house, role):
    close(house, readers=["quality_manager"])
    case = file(
        house, "denuncia", who=ANONYMOUS, unit_id=house.units["obras"], subject="Coimas", body="Un desfalco."
    )
    client, base = house.client(role), f"/{house.slug}/gestion/"
    pages = [
        "solicitudes/?vista=todas",
        "solicitudes/?q=desfalco",
        f"solicitudes/?q={case.folio}",
        "alertas/",
        "inicio/",
    ]
    for page in pages:
        shown = client.get(base + page).content.decode()
        assert "Coimas" not in shown
        assert f">{case.folio}<" not in shown
    assert ">0<" in client.get(base + pages[0]).content.decode()
    for page in ("", "archivo/1/", "lecturas/", "parecidas/", "nota/", "expediente/"):
        assert client.get(f"{base}solicitudes/{case.folio}/{page}").status_code in {403, 404}
    csv = client.get(f"{base}solicitudes/exportar/?vista=todas&formato=csv")
    if csv.status_code == 200:
        assert "Coimas" not in b"".join(csv).decode()
    _, secret = create_token(
        institution_id=house.institution.pk,
        user=house.user(role),
        scopes=[Scope.CASES_READ],
        name="p",
        now=NOW,
    )
    headers = {"authorization": f"Bearer {secret}"}
    listed = client.get(f"/api/v1/cases?institution={house.slug}", headers=headers)
    assert listed.status_code in {200, 403}
    assert "Coimas" not in listed.content.decode()
    assert client.get(
        f"/api/v1/cases/{case.folio}?institution={house.slug}", headers=headers
    ).status_code in {403, 404}


def test_a_closed_case_is_not_found_by_joining_another_to_it(house):
    close(house, readers=["quality_manager"])
    closed = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["obras"])
    plain = file(house, unit_id=house.units["obras"])
    with pytest.raises(Refused) as refused:
        merge_case(
            institution=house.institution, case_id=plain.pk, version=None, into=closed.folio, reason="",
            actor=house.user(R.HEAD_OF_UNIT), now=NOW,
        )  # fmt: skip
    assert refused.value.code == "merge_target_unknown"


def test_who_may_not_see_it_is_not_mailed_that_its_term_ends(house):
    close(
        house,
        readers=["quality_manager"],
        ladder=[{"offset": -3, "to": "head_of_unit"}, {"offset": -3, "to": "quality_manager"}],
    )
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["obras"])
    raise_alerts(now=NOW.replace(year=case.due_on.year, month=case.due_on.month, day=case.due_on.day))
    told = set(Notice.objects.filter(kind="cases.alerts").values_list("recipient", flat=True))
    assert told == {f"user:{house.user(R.QUALITY_MANAGER).pk}"}


def test_reading_is_told_and_the_readers_and_control_see_by_whom(house):
    close(house, readers=["quality_manager"])
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["obras"])
    base = f"/{house.slug}/gestion/"
    manager, auditor = house.client(R.QUALITY_MANAGER), house.client(R.AUDITOR)
    assert "Quién la leyó" in manager.get(f"{base}solicitudes/{case.folio}/").content.decode()
    shown = manager.get(f"{base}solicitudes/{case.folio}/lecturas/").content.decode()
    assert shown.count('<td class="govuk-table__cell">Quality Manager</td>') == 2
    with at_most(12):
        listed = auditor.get(f"{base}lecturas/?folio={case.folio}").content.decode()
    assert listed.count(f">{case.folio}</td>") == 2
    assert auditor.get(f"{base}solicitudes/{case.folio}/").status_code == 404  # control sees who, not what
    assert JournalEntry.objects.filter(kind="access.read").count() == 2
    assert house.client(R.ADMINISTRATOR).get(f"{base}lecturas/").status_code == 403


def test_the_database_holds_that_what_is_closed_is_restricted(house):
    with pytest.raises(IntegrityError):
        CaseKind.objects.filter(pk=house.kinds["consulta"].pk).update(readers=["auditor"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"readers": ["administrator"]}, "kind_readers"),
        ({"readers": ["auditor"], "is_restricted": False}, "kind_closed_is_restricted"),
        ({"readers": ["auditor"], "approver": "head_of_unit"}, "kind_approver_reads"),
    ],
)
def test_readers_that_do_not_fit_are_refused(house, changes, code):
    with pytest.raises(Refused) as refused:
        close(house, **changes)
    assert refused.value.code == code


def test_the_administrator_closes_a_kind_on_its_page(house):
    client, kind = house.client(R.ADMINISTRATOR), house.kinds["denuncia"]
    address = f"/{house.slug}/gestion/configuracion/tipos/{kind.pk}/"
    typed = {
        "name": kind.name,
        "code": kind.code,
        "nature": kind.nature,
        "need": kind.need,
        "rule_id": kind.rule_id,
        "contest_days": 10,
        "review_days": 10,
        "position": 50,
        "is_active": "on",
        "on_portal": "on",
        "allows_anonymous": "on",
        "is_restricted": "on",
        "readers": ["quality_manager"],
        "named_readers": "nadie@otro.example",
    }
    refused = client.post(address, typed)
    assert (refused.status_code, "nadie@otro.example" in refused.content.decode()) == (422, True)
    typed["named_readers"] = house.user(R.AUDITOR).email.upper()
    assert client.post(address, typed).status_code == 302
    kind.refresh_from_db()
    assert (kind.readers, kind.named_readers) == (["quality_manager"], [house.user(R.AUDITOR).pk])
    shown = client.get(address).content.decode()
    assert house.user(R.AUDITOR).email in shown
    assert 'value="quality_manager" checked' in shown


def test_who_reported_without_a_name_follows_and_answers_with_the_code_alone(house, client):
    close(house, readers=["unit_officer"])
    case = file(house, "denuncia", who=ANONYMOUS, unit_id=house.units["obras"])
    ask_for_information(
        institution=house.institution, case_id=case.pk, version=None, body="¿En qué oficina fue?",
        actor=house.user(R.UNIT_OFFICER), now=NOW,
    )  # fmt: skip
    opened = client.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": ""})
    assert opened.status_code == 302
    assert "¿En qué oficina fue?" in client.get(opened["Location"]).content.decode()
    sent = client.post(f"/{house.slug}/seguimiento/solicitud/antecedentes/", {"body": "En la de Obras."})
    assert sent.status_code == 302
    officer = house.client(R.UNIT_OFFICER).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert "En la de Obras." in officer.content.decode()
    case.refresh_from_db()
    assert case.person_id is None
    answer(house, case, now=NOW + timedelta(days=1), body="Se abrió un sumario.")
    assert "Se abrió un sumario." in client.get(opened["Location"]).content.decode()
    assert case_by_code(house.institution, case.code[:-1] + "0", "") is None


def test_one_case_of_an_ordinary_kind_is_restricted_and_opened_again(house):
    case = file(house, unit_id=house.units["obras"])
    values = {"institution": house.institution, "case_id": case.pk, "version": None, "now": NOW}
    restrict_case(**values, ground="minors", actor=house.user(R.UNIT_OFFICER))
    assert seers(house, case) == {R.HEAD_OF_UNIT, R.AUDITOR}
    with pytest.raises(Refused, match="restricted_already"):
        restrict_case(**values, ground="risk", actor=house.user(R.HEAD_OF_UNIT))
    entry = JournalEntry.objects.filter(stream=case.stream).order_by("-seq")[0]
    assert (entry.kind, entry.data["ground"]) == ("cases.restricted", "minors")
    unrestrict_case(**values, actor=house.user(R.HEAD_OF_UNIT))
    assert R.FRONT_DESK in seers(house, case)
    loose = file(house)
    with pytest.raises(Refused, match="restrict_needs_unit"):
        restrict_case(**{**values, "case_id": loose.pk}, ground="minors", actor=house.user(R.QUALITY_MANAGER))


def test_the_officer_restricts_a_case_on_its_own_page(house):
    case = file(house, unit_id=house.units["obras"])
    client, page = house.client(R.HEAD_OF_UNIT), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    assert client.post(f"{page}reservar/", {"version": case.version}).status_code == 422
    assert client.post(f"{page}reservar/", {"version": case.version, "ground": "minors"}).status_code == 302
    assert "Reservada" in client.get(page).content.decode()
    case.refresh_from_db()
    assert client.post(f"{page}levantar-reserva/", {"version": case.version}).status_code == 302
    case.refresh_from_db()
    assert case.is_restricted is False


def test_closing_a_kind_closes_the_cases_filed_before_and_opening_it_opens_none(house):
    earlier, other = file(house, "consulta", unit_id=house.units["obras"]), file(house, "reclamo")
    values = {"institution": house.institution, "actor": None, "now": NOW, "kind": house.kinds["consulta"]}
    save_kind(**values, is_restricted=True, readers=["quality_manager"])
    house.institution.refresh_from_db()
    assert seers(house, earlier) == {R.QUALITY_MANAGER}
    assert R.AUTHORITY in seers(house, other)
    entry = JournalEntry.objects.filter(kind="cases.kind_saved").order_by("-pk")[0]
    assert entry.data["restricted"] == 1
    before = earlier.version
    earlier.refresh_from_db()
    assert earlier.version == before + 1  # a form open meanwhile is refused
    save_kind(**values, is_restricted=False, readers=[])
    house.institution.refresh_from_db()
    assert R.AUTHORITY not in seers(house, earlier)
