# SPDX-License-Identifier: EUPL-1.2
"""Whatever happens to a case, a person, a unit or a calendar: once the journal's readers have read it, facts
and figures are what a recount says.
"""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.cases.appeals.commands import decide_appeal, send_defence
from siac.cases.attentions.commands import (
    Attention,
    correct_attention,
    file_attention,
    undo_attention,
    withdraw_attention,
)
from siac.cases.causes.commands import save_cause
from siac.cases.commands.endings import settle_lapsed_corrections
from siac.cases.commands.sending_back import send_back
from siac.cases.commands.silence import certify_silence
from siac.cases.commands.undoing import undo
from siac.cases.duplicates.commands import archive_duplicate
from siac.cases.imports.loading import load_batch
from siac.cases.imports.opening import rows_of
from siac.cases.linking.commands import link_cases, split_case
from siac.cases.models import Appeal, CaseFact
from siac.cases.protection.runs import LINE, approve_erasure, erasing, propose_erasure
from siac.cases.public import (
    Case,
    Channel,
    Outcome,
    add_information,
    ask_for_information,
    assign_case,
    classify_case,
    close_case,
    close_lapsed_cases,
    code_cause,
    contest_answer,
    dismiss_case,
    extend_term,
    kinds,
    merge_case,
    rate_answer,
    refer_case,
    register_appeal,
    reopen_case,
    save_kind,
    transfer_case,
    withdraw_case,
)
from siac.cases.restricting.commands import restrict_case, unrestrict_case
from siac.clocks.public import add_days, apply_calendar_change, open_own_layer, revoke_days, settle_overdue
from siac.indicators.models import Cell
from siac.indicators.tasks import build
from siac.infra.longwork import run_long
from siac.organizations.models import Unit
from siac.organizations.public import institutions, save_unit, update_institution
from siac.people.public import erase_person, save_characteristics, update_person
from tests.cases_imports.conftest import batch_of
from tests.factories import ANONYMOUS, NOW, House, answer, attend, file, make_house, person
from tests.indicators.recount import differences
from tests.indicators.test_cube import catch_up

pytestmark = [pytest.mark.postgres]
DAY = timedelta(days=1)
R = Role


def on(house: House, case: Case, *, now: Any, role: Role = R.UNIT_OFFICER, **more: Any) -> dict[str, Any]:
    """Return what every command of a case takes."""
    return {
        "institution": house.institution, "case_id": case.pk, "version": None, "actor": house.user(role),
        "now": now, **more,
    }  # fmt: skip


def new(house: House, kind: str = "reclamo", **changes: Any) -> Case:
    return file(house, kind, **{"unit_id": house.units["obras"], **changes})


def taken_back(house: House, case: Case, *, now: Any = NOW + DAY) -> None:
    catch_up()
    undo(**on(house, case, now=now + timedelta(seconds=5)))


def answered_and_taken_back(house: House) -> None:
    case = new(house)
    answer(house, case, now=NOW + DAY)
    taken_back(house, case)
    answer(house, case, now=NOW + 3 * DAY)


def asked_and_taken_back(house: House) -> None:
    case = new(house)
    ask_for_information(**on(house, case, now=NOW + DAY, body="Diga en qué calle."))
    taken_back(house, case)


def extended_and_taken_back(house: House) -> None:
    for undone in (True, False):
        case = new(house, "acceso")
        extend_term(**on(house, case, now=NOW + DAY, reason="Hay que buscar en el archivo."))
        if undone:
            taken_back(house, case)


def referred_and_taken_back(house: House) -> None:
    case = new(house)
    refer_case(**on(house, case, now=NOW + DAY, unit_id=house.units["juridico"], undoable=True))
    taken_back(house, case)
    refer_case(**on(house, case, now=NOW + 8 * DAY, unit_id=house.units["oirs"]))


def joined_and_let_go(house: House) -> None:
    main, first, second = (new(house) for _ in range(3))
    for each in (first, second):
        merge_case(**on(house, each, now=NOW + DAY, into=main.folio))
        catch_up()
    withdraw_case(**on(house, main, now=NOW + 2 * DAY, body="Ya no."))


def joined_answered_and_reopened(house: House) -> None:
    main, first = new(house), new(house)
    merge_case(**on(house, first, now=NOW + DAY, into=main.folio))
    answer(house, main, now=NOW + 2 * DAY)
    catch_up()
    close_lapsed_cases(now=NOW + 90 * DAY)
    reopen_case(**on(house, first, now=NOW + 91 * DAY, reason="No era lo mismo."))
    catch_up()
    reopen_case(**on(house, main, now=NOW + 92 * DAY, reason="Tampoco."))


def joined_on(house: House) -> None:
    last, main, first = (new(house) for _ in range(3))
    merge_case(**on(house, first, now=NOW + DAY, into=main.folio))
    merge_case(**on(house, main, now=NOW + 2 * DAY, into=last.folio))


def split(house: House) -> None:
    case = new(house)
    split_case(
        **on(
            house, case, now=NOW + 7 * DAY, subject="Otra", body="Además, un hoyo.", topic_id=None,
            kind_id=house.kinds["consulta"].pk,
        )
    )  # fmt: skip
    link_cases(**on(house, case, now=NOW + 8 * DAY, other=new(house).folio))


def repeated(house: House) -> None:
    house = make_house("lima", "PE")
    save_kind(
        institution=house.institution, actor=None, now=NOW - DAY, code="libro", nature="complaint",
        name="Libro", need="Reclamar", rule_id="PE.LR",
    )  # fmt: skip
    house.institution.refresh_from_db()
    house.kinds = {kind.code: kind for kind in kinds(house.institution).values()}
    first, again = new(house, "libro"), new(house, "libro")
    answer(house, first, now=NOW + DAY)
    archive_duplicate(**on(house, again, now=NOW + 2 * DAY, of=first.folio, role=R.QUALITY_MANAGER))


def brought_in(house: House) -> None:
    rows = "1;02/10/2023;Hay un hoyo;cerrada;;\n2;03/10/2023;Otro;cerrada;05/10/2023;\n"
    rows += "3;04/10/2023;Más;cerrada;;09/10/2023\n4;05/03/2026;Abierta;abierta;;\n"
    brought(house, rows)
    catch_up()
    brought(
        house, rows.replace("4;05/03/2026;Abierta;abierta;;", "4;05/03/2026;Abierta;cerrada;;"), updates=True
    )


def brought(house: House, rows: str, *, updates: bool = False) -> None:
    fields = {
        "original_number": {"column": "Número"},
        "filed_at": {"column": "Fecha", "format": "dmy"},
        "kind": {"value": "sugerencia"},
        "body": {"column": "Texto"},
        "state": {"column": "Estado"},
        "answered_at": {"column": "Respondida", "format": "dmy"},
        "closed_at": {"column": "Cerrada", "format": "dmy"},
    }
    header = "Número;Fecha;Texto;Estado;Respondida;Cerrada\n"
    content = (header + rows).encode()
    batch = batch_of(house.institution, content, fields)
    batch.mapping |= {"updates": updates}
    batch.save(update_fields=["mapping"])
    batch = load_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    assert (batch.state, batch.rows_updated > 0) == ("done", updates), batch.reason


def erased_at_retention(house: House) -> None:
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds["reclamo"], retention_months=12,
        retention_erases=["identity", "texts", "files", "notices"],
    )  # fmt: skip
    house.institution.refresh_from_db()
    answer(house, new(house), now=NOW + DAY)
    close_lapsed_cases(now=NOW + 60 * DAY)
    later = NOW + 800 * DAY
    run = propose_erasure(institution=house.institution, actor=None, now=later)
    approve_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(R.ADMINISTRATOR), now=later
    )
    catch_up()
    run_long(LINE, run.pk, erasing, clock=lambda: later)
    assert Case.objects.get().erased_at


def days_off(house: House, day: date, *, revoke: bool = False) -> None:
    layer = open_own_layer(
        institution_id=house.institution.pk, name=house.institution.name, country="CL", now=NOW
    )
    common: dict[str, Any] = {
        "layer_code": layer.code, "days": [day], "reason": "Paro", "institution_id": house.institution.pk,
        "actor_id": None, "now": NOW + 9 * DAY,
    }  # fmt: skip
    add_days(**common, name="Paro", kind="closure", source="Circular 3")
    apply_calendar_change(layer.code, days=[day], now=NOW + 9 * DAY)
    house.institution.refresh_from_db()
    if revoke:
        catch_up()
        revoke_days(**common)
        apply_calendar_change(layer.code, days=[day], now=NOW + 9 * DAY)
        house.institution.refresh_from_db()


def calendar_moves_running_terms(house: House) -> None:
    for _ in range(2):
        new(house)
    days_off(house, date(2026, 9, 15))


def calendar_moves_and_moves_back(house: House) -> None:
    new(house)
    days_off(house, date(2026, 9, 15), revoke=True)


def calendar_changes_behind_answered_ones(house: House) -> None:
    case = new(house)
    refer_case(**on(house, case, now=NOW + 4 * DAY, unit_id=house.units["juridico"]))
    answer(house, case, now=NOW + 60 * DAY)
    catch_up()
    days_off(house, date(2026, 9, 9))
    days_off(house, date(2026, 11, 2))


def zone_changes(house: House) -> None:
    # Half past midnight in Santiago, the evening before on Easter Island.
    case = new(house, now=NOW.replace(hour=3, minute=30))
    answer(house, case, now=NOW.replace(hour=3, minute=30) + 3 * DAY)
    catch_up()
    update_institution(
        institution=house.institution, actor=None, now=NOW + 4 * DAY, time_zone="Pacific/Easter"
    )
    house.institution.refresh_from_db()


def place_changes(house: House) -> None:
    case = new(house)
    answer(house, case, now=NOW + 60 * DAY)
    new(house)
    catch_up()
    update_institution(institution=house.institution, actor=None, now=NOW + 61 * DAY, place="CL-TA")
    house.institution.refresh_from_db()


def unit_changes(house: House, **changes: Any) -> None:
    unit = Unit.objects.get(pk=house.units["obras-calle"])
    values = {"code": unit.code, "name": unit.name, "parent_id": unit.parent_id, **changes}
    save_unit(institution=house.institution, actor=None, now=NOW + DAY, unit=unit, **values)
    house.institution.refresh_from_db()


def unit_works_at_another_place(house: House) -> None:
    """Its region has a day off of its own (7 June, Arica) between the last day of the term and the answer."""
    late = new(house, unit_id=house.units["obras-calle"], now=NOW.replace(year=2024, month=4, day=22))
    answer(house, late, now=NOW.replace(year=2024, month=6, day=12))
    catch_up()
    before = CaseFact.objects.get(pk=late.pk).days_late
    unit_changes(house, place="CL-AP")
    build()
    assert before - CaseFact.objects.get(pk=late.pk).days_late == 1


def unit_is_renamed_moved_and_closed(house: House) -> None:
    new(house, unit_id=house.units["obras-calle"])
    answered = new(house, unit_id=house.units["obras-calle"])
    answer(house, answered, now=NOW + timedelta(hours=2))
    catch_up()
    for changes in (
        {"name": "Cuadrilla"},
        {"parent_id": house.units["juridico"]},
        {"is_active": False, "successor_id": house.units["obras"]},
    ):
        unit_changes(house, **changes)
        catch_up()


def kind_and_topic_change(house: House) -> None:
    case = new(house)
    for kind, topic in (("acceso", "Transparencia"), ("sugerencia", None), ("reclamo", "Inundaciones")):
        classify_case(
            **on(
                house, case, now=NOW + DAY, kind_id=house.kinds[kind].pk,
                topic_id=house.topics[topic] if topic else None,
            )
        )  # fmt: skip
        catch_up()


def completed(house: House) -> None:
    case, lapsed = new(house), new(house)
    for each in (case, lapsed):
        ask_for_information(**on(house, each, now=NOW + DAY, body="Diga en qué calle."))
    catch_up()
    add_information(institution=house.institution, case_id=case.pk, body="La Larga.", now=NOW + 3 * DAY)
    settle_lapsed_corrections(now=NOW + 60 * DAY)


def ended_otherwise(house: House) -> None:
    moved, out, closed = new(house), new(house), new(house)
    transfer_case(**on(house, moved, now=NOW + DAY, competent_body="MOP", reason="Es del ministerio."))
    dismiss_case(**on(house, out, now=NOW + DAY, reason="No es una solicitud."))
    answer(house, closed, now=NOW + DAY)
    close_case(**on(house, closed, now=NOW + 60 * DAY))
    catch_up()
    reopen_case(**on(house, moved, now=NOW + 2 * DAY, reason="Sí era nuestra."))
    reopen_case(**on(house, out, now=NOW + 90 * DAY, reason="Sí lo era."))


def appealed_and_decided(house: House) -> None:
    for number, result in enumerate(("upheld", "dismissed", "partly")):
        case = new(house, "acceso")
        answer(house, case, now=NOW + DAY, outcome=Outcome.DENIED)
        register_appeal(
            **on(
                house, case, now=NOW + 3 * DAY, forum="other", authority="Consejo", reference=f"C{number}",
                notified_on=date(2026, 9, 9), body="Pide la nómina.",
            )
        )  # fmt: skip
        catch_up()
        appeal = Appeal.objects.get(case=case)
        more: dict[str, Any] = {
            "institution": house.institution, "appeal_id": appeal.pk, "actor": house.user(R.UNIT_OFFICER)
        }  # fmt: skip
        send_defence(**more, sent_on=date(2026, 9, 11), body="Se informa.", now=NOW + 5 * DAY)
        decide_appeal(
            **more, result=result, decided_on=date(2026, 9, 14), body="Se resuelve.", now=NOW + 8 * DAY,
            comply_on=None if result == "dismissed" else date(2026, 9, 25),
        )  # fmt: skip


def contested_and_answered_again(house: House) -> None:
    case = new(house)
    answer(house, case, now=NOW + DAY)
    rate_answer(institution=house.institution, case_id=case.pk, rating=2, now=NOW + 2 * DAY)
    catch_up()
    contest_answer(institution=house.institution, case_id=case.pk, body="No vinieron.", now=NOW + 3 * DAY)
    catch_up()
    answer(house, case, now=NOW + 5 * DAY, outcome=Outcome.PARTLY)


def contested_answered_and_taken_back(house: House) -> None:
    case = new(house)
    answer(house, case, now=NOW + DAY)
    contest_answer(institution=house.institution, case_id=case.pk, body="No vinieron.", now=NOW + 3 * DAY)
    answer(house, case, now=NOW + 5 * DAY, outcome=Outcome.PARTLY)
    taken_back(house, case, now=NOW + 5 * DAY)


def restricted_and_open_again(house: House) -> None:
    case = new(house)
    restrict_case(**on(house, case, now=NOW + DAY, ground="risk"))
    catch_up()
    unrestrict_case(**on(house, case, now=NOW + 2 * DAY))


def silent(house: House) -> None:
    for asked in (False, True):
        case = new(house, "acceso")
        if asked:
            ask_for_information(**on(house, case, now=NOW + DAY, body="Diga qué año."))
    catch_up()
    settle_overdue(NOW + 90 * DAY)
    certain = new(house, "consulta")
    certify_silence(**on(house, certain, now=NOW + 120 * DAY))
    answer(house, certain, now=NOW + 121 * DAY)


def cause_coded_and_taken_away(house: House) -> None:
    case = new(house)
    cause = save_cause(institution=house.institution, name="Demora", actor=None, now=NOW)
    answer(house, case, now=NOW + DAY)
    for each in (cause.pk, None, cause.pk):
        code_cause(**on(house, case, now=NOW + 2 * DAY, cause_id=each))
        catch_up()


def handed_around(house: House) -> None:
    case = new(house)
    assign_case(**on(house, case, now=NOW + DAY, assignee_id=house.user(R.UNIT_OFFICER).pk))
    send_back(**on(house, case, now=NOW + 2 * DAY, reason="No es nuestra."))
    catch_up()
    refer_case(**on(house, case, now=NOW + 3 * DAY, unit_id=house.units["oirs"], role=R.FRONT_DESK))


def person_is_somebody_else(house: House) -> None:
    case = new(house)
    catch_up()
    data = person(
        kind="legal", given_names="", family_names="Áridos SpA", document_type="", document_number=""
    )
    update_person(house.institution.pk, case.person_id, data, NOW + DAY, actor_id=None)


def person_is_erased(house: House) -> None:
    case = new(house)
    new(house, "sugerencia", who=ANONYMOUS)
    catch_up()
    erase_person(house.institution.pk, case.person_id, actor_id=None, now=NOW + DAY)


def attended(house: House) -> None:
    """Attentions that are corrected, withdrawn, taken back and turned into a request."""
    new(house)
    rows = [attend(house, now=NOW, subject=f"{place}") for place in range(5)]
    catch_up()
    desk, common = house.user(R.FRONT_DESK), {"institution": house.institution}
    topic = next(iter(house.topics.values()))
    said = Attention(Channel.PHONE, house.units["obras"], NOW - 3 * DAY, topic_id=topic)
    for row in rows[:2]:
        correct_attention(
            **common, attention_id=row.pk, attention=said, based_on=1, actor=desk, now=NOW + DAY
        )
    catch_up()
    undo_attention(**common, attention_id=rows[1].pk, actor=desk, now=NOW + DAY)
    for row in rows[2:4]:
        withdraw_attention(
            **common, attention_id=row.pk, reason="Dos veces.", based_on=1, actor=desk, now=NOW
        )
    catch_up()
    undo_attention(**common, attention_id=rows[3].pk, actor=desk, now=NOW)
    file_attention(
        **common, attention_id=rows[4].pk, kind_id=house.kinds["sugerencia"].pk, body="Pide un banco.",
        based_on=1, actor=desk, now=NOW + DAY,
    )  # fmt: skip


def person_tells_of_themselves_and_is_erased(house: House) -> None:
    case = new(house)
    catch_up()
    told = {"age_band": "30_44", "commune": "04102"}
    save_characteristics(house.institution.pk, case.person_id, actor_id=None, now=NOW + DAY, **told)
    catch_up()
    assert CaseFact.objects.get(pk=case.pk).commune == "04102"
    erase_person(house.institution.pk, case.person_id, actor_id=None, now=NOW + 2 * DAY)
    catch_up()
    assert CaseFact.objects.get(pk=case.pk).commune == ""


HAPPENINGS: tuple[Callable[[House], None], ...] = (
    answered_and_taken_back, asked_and_taken_back, extended_and_taken_back, referred_and_taken_back,
    joined_and_let_go, joined_answered_and_reopened, joined_on, split, repeated, brought_in,
    erased_at_retention, calendar_moves_running_terms, calendar_moves_and_moves_back,
    calendar_changes_behind_answered_ones, zone_changes, place_changes, unit_works_at_another_place,
    unit_is_renamed_moved_and_closed,
    kind_and_topic_change, completed, ended_otherwise, appealed_and_decided, contested_and_answered_again,
    contested_answered_and_taken_back, restricted_and_open_again, silent, cause_coded_and_taken_away,
    handed_around, person_is_somebody_else, person_is_erased,
    attended, person_tells_of_themselves_and_is_erased,
)  # fmt: skip


@pytest.mark.parametrize("happens", HAPPENINGS, ids=lambda each: each.__name__)
def test_facts_and_figures_are_those_of_a_recount_after(real_commits, happens):
    house = make_house()
    catch_up()  # from now on the journal is followed
    happens(house)
    catch_up()
    build()  # where everything rests on another calendar or time zone now
    assert CaseFact.objects.count() == Case.objects.count() > 0
    assert Cell.objects.exists()
    for body in institutions():
        assert not CaseFact.objects.filter(institution=body).exists() or differences(body) == []
