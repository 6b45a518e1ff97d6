# SPDX-License-Identifier: EUPL-1.2
"""From a draft to an edition that binds: shown, commented, reviewed twice, approved by an act, ended."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.charters.commands import steps
from siac.charters.commands.drafting import (
    save_commitment,
    save_days,
    save_services,
    save_texts,
    start_edition,
)
from siac.charters.domain.checks import Level, Problem
from siac.charters.models import CharterEdition, Commitment
from siac.charters.queries import commitments_in_force, promises_for
from siac.charters.sealing import edition_problems, problems, standing
from siac.clocks.public import Clock
from siac.indicators.public import Indicator
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from tests.factories import NOW, House, file, of_kind, promised
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOTHING_WRONG = lambda edition, today: []  # noqa: E731 - what the checks find is theirs to test


def common(house: House, role: Role = Role.QUALITY_MANAGER, **more) -> dict:
    return {"institution": house.institution, "actor": house.user(role), "now": NOW, **more}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    for page in ("portal", "editor.pages", "editor.steps", "editor.writing"):
        monkeypatch.setattr(f"siac.charters.{page}.current_time", lambda: NOW)


@pytest.fixture
def draft(house) -> CharterEdition:
    row = start_edition(**common(house), charter_id=house.commitment.edition.charter_id)
    since = house.today() + 5 * DAY
    save_days(**common(house), edition_id=row.pk, valid_from=since, revised_by=None, based_on=1)
    return row


def handed_in(house, draft):
    return steps.submit(**common(house), edition_id=draft.pk, checked=NOTHING_WRONG)


def reviewed(house, draft, **fields):
    for aspect, role in (("technical", Role.QUALITY_MANAGER), ("political", Role.AUTHORITY)):
        given = {"is_favourable": True, "words": "", "seen": None, **fields}
        steps.review(**common(house, role), edition_id=draft.pk, aspect=aspect, **given)


def approved(house, draft, **fields):
    given = {
        "act": "Resolución 12", "approved_on": house.today(), "checked": NOTHING_WRONG,
        "seen": standing(CharterEdition.objects.get(pk=draft.pk)), **fields,
    }  # fmt: skip
    made = steps.approve(**common(house, Role.AUTHORITY), edition_id=draft.pk, **given)
    house.institution.refresh_from_db()
    return made


def test_an_approved_edition_binds_what_is_filed_from_its_day_and_not_before(house, draft):
    before = file(house)
    save_commitment(
        **common(house), edition_id=draft.pk, fields=promised(house, amount=3, text="En 3 días hábiles")
    )
    handed_in(house, draft)
    reviewed(house, draft)
    edition = approved(house, draft)
    assert (edition.state, edition.approved_by) == ("approved", "Resolución 12")
    assert edition.approved_on == house.today()
    assert edition.revised_by == date(edition.since.year + 1, edition.since.month, edition.since.day)
    old = house.commitment.edition
    old.refresh_from_db()
    assert old.valid_to == edition.since - DAY
    kind = house.kinds["reclamo"]
    (old_one,) = promises_for(house.institution, of_kind(kind), old.valid_to)
    assert old_one.source == house.commitment.source
    assert len(promises_for(house.institution, of_kind(kind), edition.since)) == 2
    after = file(house, now=NOW + 6 * DAY)
    sources = Clock.objects.filter(kind="commitment").values_list("subject_id", "source")
    new = {f"commitment:{row.pk}" for row in edition.commitments.all()}
    assert {source for pk, source in sources if pk == before.pk} == {house.commitment.source}
    assert {source for pk, source in sources if pk == after.pk} == new


def test_each_guarantee_gets_the_indicator_that_follows_it(house, draft):
    save_commitment(**common(house), edition_id=draft.pk, fields=promised(house, unit="cd", amount=20))
    handed_in(house, draft)
    reviewed(house, draft)
    edition = approved(house, draft)
    by_days, other = edition.commitments.order_by("position")
    assert (by_days.indicator.code, by_days.indicator.within) == ("reclamos-5-e2", 5)
    assert other.indicator is None  # its clocks are counted


def test_who_objects_sends_it_back_and_what_was_said_stays(house, draft):
    handed_in(house, draft)
    with pytest.raises(Refused, match="review_words"):
        steps.review(
            **common(house),
            edition_id=draft.pk,
            aspect="technical",
            is_favourable=False,
            words="no",
            seen=None,
        )
    steps.review(
        **common(house), edition_id=draft.pk, aspect="technical", is_favourable=False,
        words="Falta el horario de la oficina", seen=None,
    )  # fmt: skip
    draft.refresh_from_db()
    assert draft.state == "draft"
    save_texts(**common(house), edition_id=draft.pk, texts={"access": "De 9 a 14"}, based_on=None)
    handed_in(house, draft)
    reviewed(house, draft)
    approved(house, draft)
    rounds = draft.reviews.values_list("round", "aspect", "is_favourable")
    assert list(rounds) == [(1, "technical", False), (2, "technical", True), (2, "political", True)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"act": "  "}, "act_missing"),
        ({"approved_on": date(2027, 1, 1)}, "act_day"),
        ({"seen": "otra"}, "approval_overtaken"),
        ({"checked": lambda *_: [Problem(Level.ERROR, "x", "y", "z")]}, "edition_errors"),
    ],
)
def test_what_cannot_be_approved_is_refused(house, draft, fields, code):
    handed_in(house, draft)
    reviewed(house, draft)
    with pytest.raises(Refused, match=code):
        approved(house, draft, **fields)
    assert CharterEdition.objects.get(pk=draft.pk).state == "review"


def test_nothing_is_approved_without_its_two_reviews(house, draft):
    with pytest.raises(Refused, match="edition_step"):
        approved(house, draft)
    handed_in(house, draft)
    favourable = {
        "edition_id": draft.pk, "aspect": "technical", "is_favourable": True, "words": "", "seen": None,
    }  # fmt: skip
    steps.review(**common(house), **favourable)
    with pytest.raises(Refused, match="review_missing"):
        approved(house, draft)
    with pytest.raises(Refused, match="review_made"):
        steps.review(**common(house), **favourable)


def test_errors_keep_a_draft_from_being_handed_in_and_warnings_do_not(house, draft):
    def finds(level):
        return lambda edition, today: [Problem(level, "x", "y", "z")]

    with pytest.raises(Refused, match="edition_errors"):
        steps.submit(**common(house), edition_id=draft.pk, checked=finds(Level.ERROR))
    steps.submit(**common(house), edition_id=draft.pk, checked=finds(Level.WARNING))


def test_two_editions_are_never_valid_on_one_day(house, draft):
    save_days(
        **common(house), edition_id=draft.pk, valid_from=house.commitment.edition.valid_from, revised_by=None,
        based_on=None,
    )  # fmt: skip
    handed_in(house, draft)
    reviewed(house, draft)
    with pytest.raises(Refused, match="edition_out_of_order"):
        approved(house, draft)
    for day in range(-30, 400, 30):
        editions = {c.edition_id for c in commitments_in_force(house.institution, house.today() + day * DAY)}
        assert len(editions) == 1


def test_verification_finds_what_was_changed_after_the_approval(house, draft):
    handed_in(house, draft)
    reviewed(house, draft)
    edition = approved(house, draft)
    assert list(edition_problems(house.institution.pk)) == []
    row = edition.commitments.get()
    Commitment.objects.filter(pk=row.pk).update(target=10)
    (said,) = edition_problems(house.institution.pk)
    assert said == "carta «Carta de servicios», edición 2: no dice lo que se aprobó"
    Commitment.objects.filter(pk=row.pk).update(target=row.target)
    CharterEdition.objects.filter(pk=edition.pk).update(state="abandoned")
    (said,) = edition_problems(house.institution.pk)
    assert "ya no está aprobada" in said


def test_verification_holds_what_reviewers_said(house, draft):
    handed_in(house, draft)
    reviewed(house, draft)
    assert list(problems(house.institution.pk)) == []
    draft.reviews.filter(aspect="technical").update(words="Con observaciones que nadie hizo")
    (said,) = problems(house.institution.pk)
    assert "la revisión de una edición" in said and "no dice lo que consta" in said


def shown(house, draft, until=None):
    return steps.prepublish(**common(house), edition_id=draft.pk, until=until or house.today() + 15 * DAY)


def test_a_draft_is_shown_commented_answered_and_written_on(house, draft):
    shown(house, draft)
    with pytest.raises(Refused, match="edition_shut"):
        save_texts(**common(house), edition_id=draft.pk, texts={"aims": "x"}, based_on=None)
    url = f"/{house.slug}/cartas/carta/borrador/"
    client = house.client()
    assert "Todavía no obliga" in words(client.get(url))
    text = "<b>Cinco</b> días es mucho"
    fields = {"capacity": "organisation", "organisation": "Junta de vecinos", "text": text}
    assert client.post(url, fields).status_code == 302
    assert client.post(url, fields).status_code == 302  # sent twice, kept once
    (comment,) = draft.comments.all()
    assert "Cinco" not in words(client.get(url))  # until it has its answer
    with pytest.raises(Refused, match="comments_open"):
        steps.end_comments(**common(house), edition_id=draft.pk)
    later = common(house) | {"now": NOW + 16 * DAY}
    with pytest.raises(Refused, match="comments_wait"):
        steps.end_comments(**later, edition_id=draft.pk)
    answer = {"verdict": "declined", "answer": "La ley da treinta días", "is_shown": True, "based_on": 0}
    steps.answer_comment(**common(house), comment_id=comment.pk, **answer)
    with pytest.raises(Refused, match="saved_meanwhile"):
        steps.answer_comment(**common(house), comment_id=comment.pk, **answer)
    page = client.get(url).content.decode()
    assert "&lt;b&gt;Cinco" in page and "La ley da treinta días" in page and "No acogido" in page
    steps.end_comments(**later, edition_id=draft.pk)
    assert client.get(url).status_code == 404
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert list(problems(house.institution.pk)) == []
    for change in ({"text": "Seis días es mucho"}, {"answer": "La ley da veinte días"}, {"is_shown": False}):
        before = draft.comments.values(*change).get()
        draft.comments.update(**change)
        (said,) = problems(house.institution.pk)
        assert "el comentario a un borrador" in said and "no dice lo que consta" in said
        draft.comments.update(**before)
    draft.comments.update(salt="")  # one of before its words were sealed
    assert list(problems(house.institution.pk)) == []


def test_what_must_not_be_repeated_is_not_shown_and_its_answer_is(house, draft):
    shown(house, draft)
    made = steps.comment(
        institution=house.institution, edition_id=draft.pk, capacity="person", organisation="",
        text="Pedro Soto no hace nada", now=NOW,
    )  # fmt: skip
    steps.answer_comment(
        **common(house), comment_id=made.pk, verdict="partly", answer="Revisamos la atención",
        is_shown=False, based_on=0,
    )  # fmt: skip
    page = words(house.client().get(f"/{house.slug}/cartas/carta/borrador/"))
    assert "Pedro Soto" not in page and "Revisamos la atención" in page


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("", 422, "Escriba su comentario"),
        ("corto", 422, "Escriba un poco más"),
        ("x" * 100_000, 422, "2000"),
        ("\x00\x01nada que ver aquí", 302, ""),
    ],
)
def test_hostile_comments(house, draft, text, status, said):
    shown(house, draft)
    url = f"/{house.slug}/cartas/carta/borrador/"
    page = house.client().post(url, {"capacity": "person", "text": text})
    assert page.status_code == status and (not said or said in words(page))


@pytest.mark.parametrize("days", [0, -1, 184])
def test_comments_need_a_day_to_come(house, draft, days):
    with pytest.raises(Refused, match="comments_day"):
        shown(house, draft, house.today() + days * DAY)


def test_after_the_day_nobody_comments(house, draft):
    shown(house, draft)
    with pytest.raises(Refused, match="comments_shut"):
        steps.comment(
            institution=house.institution, edition_id=draft.pk, capacity="person", organisation="",
            text="Llego tarde a opinar", now=NOW + 16 * DAY,
        )  # fmt: skip


def test_a_draft_that_is_given_up_says_why_and_frees_its_place(house, draft):
    with pytest.raises(Refused, match="reason_missing"):
        steps.abandon(**common(house), edition_id=draft.pk, reason="no")
    steps.abandon(**common(house), edition_id=draft.pk, reason="Cambió la ley que la regula")
    other = start_edition(**common(house), charter_id=draft.charter_id)
    assert (other.number, other.state) == (3, "draft")


def test_a_charter_ends_by_act_of_the_authority_and_what_was_filed_keeps_its_promise(house):
    edition = house.commitment.edition
    case = file(house)
    with pytest.raises(Refused, match="withdrawal_day"):
        steps.withdraw(
            **common(house), edition_id=edition.pk, last_on=house.today() - DAY,
            reason="Se cierra el servicio",
        )  # fmt: skip
    steps.withdraw(
        **common(house, Role.AUTHORITY), edition_id=edition.pk, last_on=house.today(),
        reason="Se cierra el servicio",
    )  # fmt: skip
    house.institution.refresh_from_db()
    assert commitments_in_force(house.institution, house.today() + DAY) == []
    clock = Clock.objects.get(kind="commitment", subject_id=case.pk)
    assert clock.state == "running"
    page = words(house.client().get(f"/{house.slug}/cartas/carta/"))
    assert "Se cierra el servicio" in page or "Vigente desde" in page


def test_the_pages_lead_through_the_steps_by_who_may_take_them(house, draft, monkeypatch):
    monkeypatch.setattr("siac.charters.editor.steps.problems_of", NOTHING_WRONG)
    base = f"/{house.slug}/gestion/cartas"
    step = f"{base}/ediciones/{draft.pk}/pasos"
    manager, head = house.client(Role.QUALITY_MANAGER), house.client(Role.AUTHORITY)
    assert "Pedir la revisión" in words(manager.get(f"{base}/{draft.charter_id}/"))
    assert head.get(f"{step}/pedir-revision/").status_code == 403
    assert manager.post(f"{step}/pedir-revision/").status_code == 302
    assert manager.get(f"{step}/aprobar/").status_code == 403
    assert manager.get(f"{step}/nada/").status_code == 404
    read = {"is_favourable": "si", "seen": standing(CharterEdition.objects.get(pk=draft.pk))}
    unread = manager.post(f"{step}/revision-tecnica/", {"is_favourable": "si"})
    assert unread.status_code == 422 and "cambió desde que usted lo miró" in words(unread)
    assert manager.post(f"{step}/revision-tecnica/", read).status_code == 302
    assert head.post(f"{step}/revision-politica/", read).status_code == 302
    page = words(head.get(f"{base}/{draft.charter_id}/"))
    assert "Aprobar la edición" in page
    today = house.today()
    fields = {
        "act": "Resolución 5", "approved_on_day": today.day, "approved_on_month": today.month,
        "approved_on_year": today.year, "seen": standing(CharterEdition.objects.get(pk=draft.pk)),
    }  # fmt: skip
    done = head.post(f"{step}/aprobar/", fields)
    assert done.status_code == 302, words(done)
    page = words(house.client().get(f"/{house.slug}/cartas/carta/ediciones/2/"))
    assert "Aprobada por Resolución 5" in page and "Empieza a valer" in page
    kinds = set(JournalEntry.objects.filter(stream=draft.charter.stream).values_list("kind", flat=True))
    assert {"charters.edition_submitted", "charters.edition_reviewed", "charters.edition_approved"} <= kinds


def test_what_changed_is_shown_word_by_word(house, draft):
    save_texts(
        **common(house), edition_id=draft.pk, texts={"aims": "Prometer poco y cumplirlo"}, based_on=None
    )
    (row,) = draft.commitments.all()
    fields = promised(house, text=row.text, amount=4)
    save_commitment(**common(house), edition_id=draft.pk, fields=fields, commitment_id=row.pk)
    save_commitment(**common(house), edition_id=draft.pk, fields=promised(house))
    page = words(
        house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/diferencias/")
    )
    assert "Compromisos nuevos" in page and "Respondemos los reclamos en 10 días hábiles" in page
    assert "Plazo: 5 → cambió a 4" in page and "Prometer poco y cumplirlo" in page


def test_a_promise_on_a_figure_of_the_body_is_read_on_every_page(house, draft, monkeypatch):
    """It has no kind of request, no cases of its own and no clock: nothing may take them for granted."""
    Indicator.objects.filter(pk=house.commitment.indicator_id).update(since=house.today())
    on_figure = promised(
        house, form="figure", kind_id=None, amount=None, unit="", indicator_id=house.commitment.indicator_id,
        text="Nueve de cada diez reclamos se responden pronto", remedy_kind="none",
        no_remedy_reason="La cifra es del conjunto, no de una persona",
    )  # fmt: skip
    row = save_commitment(**common(house), edition_id=draft.pk, fields=on_figure)
    handed_in(house, draft)
    reviewed(house, draft)
    edition = approved(house, draft)
    promises = promises_for(house.institution, of_kind(house.kinds["reclamo"]), edition.since)
    assert [each.source for each in promises] == [f"commitment:{edition.commitments.first().pk}"]
    staff, anybody = house.client(Role.QUALITY_MANAGER), house.client()
    home, portal = f"/{house.slug}/gestion", f"/{house.slug}"
    for page in ("portal", "workspace", "editor.gaps", "register.portal", "register.workspace"):
        monkeypatch.setattr(f"siac.charters.{page}.current_time", lambda: NOW + 60 * DAY)
    for client, url in (
        (staff, f"{home}/cartas/"), (staff, f"{home}/cartas/{edition.charter_id}/"),
        (staff, f"{home}/cartas/ediciones/{edition.pk}/vista/"),
        (staff, f"{home}/cartas/ediciones/{edition.pk}/brecha/"), (staff, f"{home}/compromisos/"),
        (staff, f"{home}/cartas/{edition.charter_id}/registro/"), (anybody, f"{portal}/cartas/carta/"),
        (anybody, f"{portal}/cartas/carta/ediciones/2/"), (anybody, f"{portal}/cartas/"),
        (anybody, f"{portal}/cartas/carta/cumplimiento/"),
        (anybody, f"{portal}/cartas/carta/ediciones/2/carta.pdf"),
    ):  # fmt: skip
        page = client.get(url)
        assert page.status_code == 200, url
    assert row.text in words(anybody.get(f"{portal}/cartas/carta/ediciones/2/"))
    own_page = f"{home}/indicadores/{row.indicator_id}/"  # it has no cases: what is behind it is told there
    assert staff.get(f"{home}/compromisos/{row.pk}/solicitudes/")["Location"] == own_page
    assert staff.get(own_page).status_code == 200
    assert anybody.get(f"{portal}/compromisos/{row.pk}/solicitudes/").status_code == 404
    told = words(anybody.get(f"{portal}/cartas/carta/cumplimiento/"))
    assert "Todavía no hay un período cerrado" in told and "La cifra es del conjunto" in told


def test_a_promise_on_other_requests_and_other_services_is_no_small_thing(house, draft):
    (row,) = draft.commitments.all()
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/diferencias/"
    assert "Dicen y prometen lo mismo" in words(house.client(Role.AUTHORITY).get(url))
    same = {name: getattr(row, name) for name in ("text", "amount", "remedy", "remedy_kind", "record")}
    fields = promised(house, **same, kind_id=house.kinds["consulta"].pk, responsible_id=None)
    save_commitment(**common(house), edition_id=draft.pk, fields=fields, commitment_id=row.pk)
    service = save_service(**common(house), name="Becas")
    house.institution.refresh_from_db()
    save_services(**common(house), edition_id=draft.pk, service_ids=[service.pk], based_on=None)
    page = words(house.client(Role.AUTHORITY).get(url))
    assert "Compromisos que cambian" in page and "Reclamo" in page and "Consulta" in page
    assert "Lo demás que cambia" in page and "Becas" in page
