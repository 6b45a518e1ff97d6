# SPDX-License-Identifier: EUPL-1.2
"""The same thing sent twice at the very same moment (two tabs, two sheets): it
happens once, and nobody sees a fault.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.http import HttpResponse
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.accounts.public import Role
from siac.cases.models import AnswerDraft, Case, CaseMessage
from siac.indicators.demand.commands import receive_past_demand
from siac.indicators.models import PastDemand
from siac.infra.longwork import run_long
from siac.infra.models import JobFault
from siac.journal.public import verify_institution
from siac.notices.models import Notice
from siac.organizations.commands.inviting import accept_with_new_account, invite, withdraw_invitation
from siac.organizations.commands.staffing import LINE, begin_load, loading, receive_sheet
from siac.organizations.models import Invitation, Membership, StaffSheet, Unit
from tests.cases.test_answer_drafts import ask_approval, in_unit, submitted, url
from tests.cases.test_staff_filing import address, typed
from tests.cases.test_two_tabs import answers, as_opened
from tests.factories import NOW, House, make_house
from tests.faults.test_undo_against_sending import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
R = Role
PEOPLE = 12


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def tabs(house: House, role: Role, path: str, *sent: dict[str, str]) -> list[HttpResponse]:
    """Send each form from a tab of its own, all at once; return the pages, good ones first."""
    works = [lambda form=form: house.client(role).post(path, form) for form in sent]
    return sorted(at_once(*works), key=lambda page: page.status_code)


def sound(house: House) -> None:
    assert verify_institution(house.institution.pk).problems == []
    assert not JobFault.objects.exists()


def test_the_same_answer(real_commits):
    house = make_house()
    case = in_unit(house)
    sent = as_opened(case) | {"outcome": "upheld", "body": "Ya está."}
    pages = tabs(house, R.UNIT_OFFICER, url(house, case, "responder"), sent, sent, sent)
    assert [page.status_code for page in pages] == [302, 422, 422]
    assert "cambió esta solicitud" in pages[-1].content.decode()
    assert answers(case) == ["Ya está."]
    assert Notice.objects.filter(kind="cases.answered").count() == 1
    sound(house)


def test_the_same_approval(real_commits):
    house = make_house()
    ask_approval(house)
    case = submitted(house)
    pages = tabs(house, R.HEAD_OF_UNIT, url(house, case, "aprobar"), *[as_opened(case)] * 3)
    assert [page.status_code for page in pages] == [302, 422, 422]
    assert len(answers(case)) == 1 and Notice.objects.filter(kind="cases.answered").count() == 1
    sound(house)


def test_the_same_first_draft(real_commits):
    house = make_house()
    case = in_unit(house)
    tab = as_opened(case)
    forms = [tab | {"body": f"Versión {n}"} for n in range(3)]
    pages = tabs(house, R.UNIT_OFFICER, url(house, case, "borrador"), *forms)
    assert [page.status_code for page in pages] == [302, 422, 422]
    assert "guardó otra versión" in pages[-1].content.decode()
    assert AnswerDraft.objects.get().version == 1
    sound(house)


def test_taking_an_answer_back_and_sending_another(real_commits):
    for number in range(5):
        house = make_house(f"casa{number}")
        case = in_unit(house)
        browser = house.client(R.UNIT_OFFICER)
        first = as_opened(case) | {"outcome": "upheld", "body": "Lo primero."}
        assert browser.post(url(house, case, "responder"), first).status_code == 302
        second = as_opened(case) | {"outcome": "denied", "body": "Lo segundo."}
        officer = partial(house.client, R.UNIT_OFFICER)
        undo, send = url(house, case, "deshacer"), url(house, case, "responder")
        back, sent = at_once(
            lambda: officer().post(undo, as_opened(case)),  # noqa: B023 - done before the next round
            lambda: officer().post(send, second),  # noqa: B023
        )
        assert (back.status_code, sent.status_code) == (302, 422)
        assert "Lo segundo.</textarea>" in sent.content.decode()
        assert answers(case) == [] and AnswerDraft.objects.get(case=case).body == "Lo primero."
        sound(house)


def test_the_same_desk_form(real_commits):
    house = make_house()
    pages = tabs(house, R.FRONT_DESK, address(house), *[typed(house)] * 3)
    assert [page.status_code for page in pages] == [302, 302, 302]
    assert len({page["Location"] for page in pages}) == 1
    assert Case.objects.count() == 1
    assert Notice.objects.filter(kind="cases.receipt").count() == 1
    sound(house)


def test_the_same_note(real_commits):
    house = make_house()
    case = in_unit(house)
    pages = tabs(house, R.UNIT_OFFICER, url(house, case, "nota"), *[as_opened(case) | {"body": "Llamé."}] * 3)
    assert [page.status_code for page in pages] == [302, 302, 302]
    assert CaseMessage.objects.filter(case=case, kind="note").count() == 1
    sound(house)


def sheet_of(house: House, content: str) -> StaffSheet:
    common = {"institution": house.institution, "now": NOW}
    admin = house.user(R.ADMINISTRATOR)
    sheet = receive_sheet(**common, name="planilla.csv", content=content.encode(), actor=admin)
    return begin_load(**common, sheet_id=sheet.pk)


def test_the_same_people_and_units_in_two_sheets(real_commits):
    house = make_house()
    rows = "".join(f"Persona {n};p{n}@casa.cl;Jefatura;obras\n" for n in range(PEOPLE))
    officer = house.user(R.UNIT_OFFICER)
    rows += f"{officer.name};{officer.email};Auditoría;\n"
    people = [sheet_of(house, f"Nombre y apellidos;Correo;Rol;Unidad\n{rows}") for _ in range(2)]
    more = "".join(f"u{n};Unidad {n};obras\n" for n in range(6))
    units = [sheet_of(house, f"Código;Nombre de la unidad;Depende de\n{more}") for _ in range(2)]
    at_once(
        *(lambda pk=sheet.pk: run_long(LINE, pk, loading, clock=lambda: NOW) for sheet in (*people, *units))
    )
    for pair, act, count in ((people, "invite", PEOPLE), (units, "create", 6)):
        outcomes = [StaffSheet.objects.get(pk=sheet.pk) for sheet in pair]
        assert [(sheet.state, "left" in sheet.outcome) for sheet in outcomes] == [("done", False)] * 2
        assert sum(sheet.outcome.get(act, 0) for sheet in outcomes) == count
        assert [sheet.done for sheet in outcomes] == [sheet.total for sheet in outcomes]
    assert Invitation.objects.filter(institution=house.institution).count() == PEOPLE
    assert ProcrastinateJob.objects.filter(task_name="accounts.send_letter").count() == PEOPLE
    assert Unit.objects.filter(institution=house.institution, code__startswith="u").count() == 6
    assert Membership.objects.filter(user=officer, role=R.AUDITOR.value).count() == 1
    sound(house)


def test_an_invitation_is_accepted_while_it_is_sent_again_or_withdrawn(real_commits):
    house = make_house()
    common = {"institution": house.institution, "actor": None, "now": NOW}
    who = {"name": "Nora", "role": R.AUDITOR, "unit_id": None}
    for n in range(6):
        email = f"nora{n}@casa.cl"
        offered = invite(**common, **who, email=email)
        assert offered is not None
        taken, again, _ = at_once(
            lambda pk=offered.pk, email=email: accept_with_new_account(
                invitation_id=pk,
                email=email,
                name="Nora",
                password="una clave bien larga y rara",
                now=NOW + timedelta(minutes=1),
            ),
            lambda email=email: invite(**common, **who, email=email),
            lambda pk=offered.pk: withdraw_invitation(**common, invitation_id=pk),
        )
        works = Membership.objects.filter(institution=house.institution, user__email=email)
        assert works.count() == (0 if taken == "invitation_ended" else 1)
        assert again is None or isinstance(again, Invitation) or again == "role_held"
    sound(house)


def test_the_same_sheet_of_earlier_demand(real_commits):
    house = make_house()
    keeper = house.user(R.QUALITY_MANAGER)
    content = "Día o mes;Cantidad\n" + "".join(f"{month:02}-2024;60\n" for month in range(1, 13))
    bring = partial(
        receive_past_demand, institution=house.institution, name="antes.csv", content=content.encode(),
        actor=keeper, now=NOW,
    )  # fmt: skip
    kept = [sheet for sheet, _ in at_once(bring, bring, bring) if sheet is not None]
    assert len(kept) == 1
    assert PastDemand.objects.count() == 12
    sound(house)
