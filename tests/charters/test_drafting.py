# SPDX-License-Identifier: EUPL-1.2
"""Writing an edition: nothing is lost, nothing is saved over what nobody saw, nothing binds yet."""

from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters.commands.charters import change_charter, start_charter
from siac.charters.commands.drafting import (
    move_commitment,
    remove_commitment,
    save_commitment,
    save_days,
    save_texts,
    start_edition,
)
from siac.charters.domain.parts import Norm
from siac.charters.models import CharterEdition, Commitment, CommitmentVersion
from siac.charters.queries import commitments, promises_for
from siac.indicators.public import Indicator
from siac.kernel.errors import Refused
from tests.factories import NOW, House, make_house, of_kind, promised
from tests.words import words

pytestmark = pytest.mark.django_db


def common(house: House) -> dict:
    return {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}


@pytest.fixture
def draft(house) -> CharterEdition:
    return start_edition(**common(house), charter_id=house.commitment.edition.charter_id)


def test_the_next_edition_says_what_the_last_one_did_and_promises_nobody_anything(house, draft):
    assert (draft.number, draft.state, draft.valid_from) == (2, "draft", None)
    (copied,) = draft.commitments.all()
    assert (copied.code, copied.amount, copied.target, copied.indicator) == ("reclamos-5", 5, 90, None)
    house.institution.refresh_from_db()
    assert list(commitments(house.institution)) == [house.commitment.pk]
    (promise,) = promises_for(house.institution, of_kind(house.kinds["reclamo"]), house.today())
    assert promise.source == house.commitment.source


def test_there_is_one_draft_of_a_charter_however_often_it_is_begun(house, draft):
    again = start_edition(**common(house), charter_id=draft.charter_id)
    assert again == draft and CharterEdition.objects.count() == 2


def test_parts_that_are_not_named_stay_and_empty_ones_go(house, draft):
    def save(texts, based_on):
        return save_texts(**common(house), edition_id=draft.pk, texts=texts, based_on=based_on).row

    save({"aims": " Prometer ", "mission": "Servir"}, 1)
    row = save({"mission": ""}, 2)
    assert row.texts == {"aims": "Prometer"} and row.version == 3
    assert [version.fields["texts"] for version in row.versions.order_by("number")] == [
        {}, {"aims": "Prometer", "mission": "Servir"}, {"aims": "Prometer"},
    ]  # fmt: skip


def test_a_second_tab_does_not_write_over_the_first(house, draft):
    save_texts(**common(house), edition_id=draft.pk, texts={"aims": "Uno"}, based_on=1)
    with pytest.raises(Refused, match="saved_meanwhile"):
        save_texts(**common(house), edition_id=draft.pk, texts={"aims": "Dos"}, based_on=1)
    manager = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/partes/aims/"
    response = manager.post(url, {"text": "Dos", "based_on": "1"})
    assert response.status_code == 422 and "Uno" in words(response) and "Dos" in words(response)
    again = manager.post(url, {"text": "Dos", "based_on": "2"})
    assert again.status_code == 302 and CharterEdition.objects.get(pk=draft.pk).texts == {"aims": "Dos"}


@pytest.mark.parametrize(
    ("texts", "code"), [({"nada": "x"}, "part_unknown"), ({"aims": "x" * 6001}, "text_too_long")]
)
def test_what_cannot_be_a_part_is_refused(house, draft, texts, code):
    with pytest.raises(Refused, match=code):
        save_texts(**common(house), edition_id=draft.pk, texts=texts, based_on=1)


def saved(house, draft, **fields):
    return save_commitment(**common(house), edition_id=draft.pk, fields=promised(house, **fields))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind_id": 999}, "commitment_source"),
        ({"amount": 0}, "bad_amount"),
        ({"amount": 9999}, "bad_amount"),
        ({"target": Decimal("100.1")}, "commitment_target"),
        ({"remedy": ""}, "commitment_remedy"),
        ({"responsible_id": 999_999}, "unit_unknown"),
        ({"form": "figure", "indicator_id": None}, "commitment_source"),
        ({"topic_id": 999}, "commitment_source"),
        ({"unit": "mi"}, "commitment_unit"),
        ({"subject": "interaction", "unit": "bd"}, "commitment_unit"),
        ({"subject": "interaction", "unit": "mi", "service_point_id": 999}, "commitment_source"),
        ({"form": "figure", "indicator_id": 999_999}, "commitment_source"),
    ],
)
def test_what_cannot_be_promised_is_refused(house, draft, fields, code):
    with pytest.raises(Refused, match=code):
        saved(house, draft, **fields)
    assert draft.commitments.count() == 1


def test_a_figure_is_one_that_the_body_follows(house, draft):
    """The indicator of a guarantee has no results of its own: nobody can promise on it."""
    with pytest.raises(Refused, match="commitment_source"):
        saved(house, draft, form="figure", indicator_id=house.commitment.indicator_id)
    Indicator.objects.filter(pk=house.commitment.indicator_id).update(since=house.today())
    row = saved(house, draft, form="figure", indicator_id=house.commitment.indicator_id, remedy="")
    assert (row.kind, row.amount, row.form) == (None, None, "figure")


def test_what_does_not_apply_is_emptied(house, draft):
    row = saved(house, draft, remedy_kind="none", no_remedy_reason="Es informativo", dependence="Correos")
    assert (row.remedy, row.no_remedy_reason, row.dependence) == ("", "Es informativo", "")


def test_a_code_is_never_used_again_in_a_charter(house, draft):
    first = saved(house, draft)
    remove_commitment(**common(house), edition_id=draft.pk, commitment_id=first.pk)
    second = saved(house, draft)
    assert (first.code, second.code) == ("respondemos-los-reclamos", "respondemos-los-reclamos-2")
    assert list(draft.commitments.values_list("code", flat=True)) == ["reclamos-5", second.code]
    assert Commitment.ever.filter(pk=first.pk).exists()
    assert CommitmentVersion.objects.filter(commitment=first.pk).count() == 1


def test_promises_change_places_and_stay_at_the_ends(house, draft):
    second = saved(house, draft)
    for up in (True, True, False, True):
        move_commitment(**common(house), edition_id=draft.pk, commitment_id=second.pk, up=up)
    codes = draft.commitments.order_by("position").values_list("code", flat=True)
    assert list(codes) == [second.code, "reclamos-5"]


def test_an_approved_edition_is_not_written_any_more(house):
    approved = house.commitment.edition
    for act in (
        lambda: save_texts(**common(house), edition_id=approved.pk, texts={"aims": "x"}, based_on=None),
        lambda: saved(house, approved),
        lambda: save_days(
            **common(house), edition_id=approved.pk, valid_from=None, revised_by=None, based_on=None
        ),
    ):
        with pytest.raises(Refused, match="edition_over"):
            act()
    page = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/cartas/ediciones/{approved.pk}/partes/aims/"
    )
    assert page.status_code == 404


def test_a_charter_of_another_body_cannot_be_written(house, draft):
    other = make_house("valle")
    with pytest.raises(Refused, match="edition_unknown"):
        save_texts(**common(other), edition_id=draft.pk, texts={"aims": "x"}, based_on=None)
    with pytest.raises(Refused, match="charter_unknown"):
        start_edition(**common(other), charter_id=draft.charter_id)


def test_two_charters_do_not_share_a_name(house):
    fields = {"title": "Carta  nueva", "norm": Norm.UNE, "responsible_id": None}
    row = start_charter(**common(house), code="nueva", **fields)
    assert row.title == "Carta nueva"
    with pytest.raises(Refused, match="charter_taken"):
        start_charter(**common(house), code="nueva", **fields)
    with pytest.raises(Refused, match="unit_unknown"):
        change_charter(**common(house), charter_id=row.pk, title="x", norm=Norm.UNE, responsible_id=1)


def test_a_charter_is_made_and_written_on_its_pages(house):
    manager = house.client(Role.QUALITY_MANAGER)
    base = f"/{house.slug}/gestion/cartas"
    made = manager.post(f"{base}/nueva/", {"title": "Carta de obras", "norm": "une", "responsible_id": ""})
    assert made.status_code == 302
    page = manager.get(made.url)
    assert "Todavía no promete nada" in words(page) and "Falta «Quiénes somos»" in words(page)
    edition = CharterEdition.objects.get(charter__code="carta-de-obras")
    fields = {name: "" if value is None else str(value) for name, value in promised(house).items()}
    fields |= {"is_controllable": "on", "based_on": "", "target": "90"}
    added = manager.post(f"{base}/ediciones/{edition.pk}/compromisos/nuevo/", fields)
    assert added.status_code == 302, words(added)
    (row,) = edition.commitments.all()
    page = words(manager.get(made.url))
    assert row.text in page and "Sin dato todavía" in page and "meta 90,0 %" in page
    assert "no hay casos de los últimos 12 meses" in page
    assert row.text in words(manager.get(f"{base}/ediciones/{edition.pk}/vista/"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Escriba el compromiso"),
        ({"amount": ""}, "Escriba el plazo"),
        ({"kind_id": ""}, "Elija a qué solicitudes se promete"),
        ({"form": "figure"}, "Elija el indicador"),
        ({"remedy": ""}, "Escriba qué se hace"),
        ({"remedy_kind": "none"}, "Diga por qué"),
        ({"target": "120"}, "La meta va de 0 a 100"),
        ({"amount": "²"}, "número"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_says_what_to_do(house, draft, change, said):
    fields = {name: "" if value is None else str(value) for name, value in promised(house).items()}
    fields |= {"is_controllable": "on", "based_on": "", "target": "90", "record": "Mi registro"} | change
    url = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/compromisos/nuevo/"
    page = house.client(Role.QUALITY_MANAGER).post(url, fields)
    assert page.status_code == 422 and said in words(page) and "Mi registro" in page.content.decode()


def test_what_a_guarantee_asks_for_is_not_called_optional(house, draft):
    page = words(
        house.client(Role.QUALITY_MANAGER).get(
            f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/compromisos/nuevo/"
        )
    )
    assert "Registro del que sale (opcional)" in page
    for label in ("Tipo de solicitud", "Plazo", "Unidad del plazo", "Indicador", "Qué se hace"):
        assert label in page and f"{label} (opcional)" not in page


def test_the_data_of_a_charter_are_not_written_over_unseen(house):
    row = house.commitment.edition.charter
    url = f"/{house.slug}/gestion/cartas/{row.pk}/datos/"
    manager = house.client(Role.QUALITY_MANAGER)
    fields = {"norm": "une", "responsible_id": "", "based_on": "0"}
    assert manager.post(url, fields | {"title": "Carta de becas"}).status_code == 302
    told = manager.post(url, fields | {"title": "Carta de ayudas"})
    assert told.status_code == 422 and "Carta de becas" in words(told) and "Carta de ayudas" in words(told)
    row.refresh_from_db()
    assert row.title == "Carta de becas"
