# SPDX-License-Identifier: EUPL-1.2
"""Charters of others: kept with files and versions, compared with in an edition, never published."""

from typing import Any

import pytest

from siac.accounts.public import Role
from siac.charters.commands.drafting import start_edition
from siac.charters.commands.referencing import save_benchmarks, save_reference
from siac.charters.library.queries import benchmarks_of
from siac.charters.models import CharterEdition, ReferenceCharter
from siac.charters.papers import PAPERS
from siac.documents.public import Attachment
from siac.journal.public import recorded
from siac.kernel.errors import Refused
from tests.charters.reading import text_of
from tests.factories import NOW, House, make_house, upload
from tests.words import words

pytestmark = pytest.mark.django_db
WHOLE = {
    "title": "Carta de agua", "body": "Aguas de Uruguay", "country": "Uruguay",
    "url": "https://agua.example/carta", "taken": "Plazos en horas",
}  # fmt: skip


def common(house: House) -> dict[str, Any]:
    return {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}


def keep(house: House, **fields: Any) -> ReferenceCharter:
    return save_reference(**common(house), **{**WHOLE, **fields}).row


@pytest.fixture
def draft(house: House) -> CharterEdition:
    return start_edition(**common(house), charter_id=house.commitment.edition.charter_id)


def compare(house: House, draft: CharterEdition, *rows: tuple[int, str], based_on: int | None = None):
    given = [{"reference_id": pk, "note": note} for pk, note in rows]
    kept = save_benchmarks(**common(house), edition_id=draft.pk, rows=given, based_on=based_on).row
    kept.institution = kept.charter.institution = house.institution
    return kept


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"url": "http://agua.example/carta"}, "reference_url"),
        ({"url": "javascript:alert(1)"}, "reference_url"),
        ({"url": "https://"}, "reference_url"),
        ({"taken": " "}, "reference_words"),
        ({"title": "\u200b"}, "reference_words"),
    ],
)
def test_what_cannot_be_is_refused(house, fields, code):
    with pytest.raises(Refused, match=code):
        keep(house, **fields)
    assert not ReferenceCharter.objects.exists()


def test_a_link_is_kept_once_in_versions_and_each_body_has_its_own(house):
    row = keep(house)
    with pytest.raises(Refused, match="reference_taken"):
        keep(house)
    keep(make_house("valle"))
    assert keep(house, reference=row, country="Chile", based_on=1).version == 2
    with pytest.raises(Refused, match="saved_meanwhile"):
        keep(house, reference=row, country="Perú", based_on=1)
    assert list(row.versions.values_list("fields__country", flat=True)) == ["Chile", "Uruguay"]


def test_an_edition_says_what_it_takes_and_the_next_one_looks_again(house, draft):
    row, other = keep(house), keep(make_house("valle"))
    kept = compare(house, draft, (row.pk, "Tomamos  las horas"), based_on=1)
    assert [(each.reference, each.note) for each in benchmarks_of(kept)] == [(row, "Tomamos las horas")]
    for rows, code in (
        ([(other.pk, "Ajena")], "benchmark_unknown"), ([(row.pk, " ")], "benchmark_words"),
        ([(row.pk, "Otra vez")] * 21, "benchmarks_full"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            compare(house, draft, *rows)
    with pytest.raises(Refused, match="saved_meanwhile"):
        compare(house, draft, based_on=1)
    with pytest.raises(Refused, match="edition_over"):
        compare(house, house.commitment.edition, (row.pk, "Tarde"))
    assert "Tomamos las horas" not in text_of(PAPERS["carta"](kept, "https://siac.example/"))
    CharterEdition.objects.filter(pk=house.commitment.edition_id).update(benchmarks=kept.benchmarks)
    CharterEdition.objects.filter(pk=draft.pk).update(state="abandoned")
    assert start_edition(**common(house), charter_id=draft.charter_id).benchmarks == []


def test_it_is_kept_on_its_form_with_files_and_read_by_everybody_of_the_house(house, draft):
    manager, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/cartas/referencias/"
    wrong = manager.post(f"{url}nueva/", WHOLE | {"url": "ftp://agua.example", "based_on": ""})
    assert wrong.status_code == 422 and "https://" in words(wrong)
    typed = WHOLE | {"taken": "<script>x</script> plazos", "is_active": "on", "based_on": ""}
    made = manager.post(f"{url}nueva/", typed | {"attachments": upload("carta.pdf")})
    assert made.status_code == 302, words(made)
    reader = house.client(Role.FRONT_DESK)
    page = reader.get(made.url)
    assert "carta.pdf" in words(page) and "<script>x" not in page.content.decode()
    row, file = ReferenceCharter.objects.get(), Attachment.objects.get(subject_type="charter_reference")
    assert reader.get(f"{url}{row.pk}/archivos/{file.pk}/").status_code == 200
    assert "Aguas de Uruguay" in words(reader.get(url))
    assert reader.get(f"{url}{row.pk}/cambiar/").status_code == 403
    gone = f"{url}{row.pk}/archivos/{file.pk}/quitar/"
    assert gone in manager.get(made.url).content.decode() and gone not in page.content.decode()
    assert reader.post(gone).status_code == 403 and manager.get(gone).status_code == 405
    for _ in range(2):  # sent twice, it is said once
        assert manager.post(gone).status_code == 302
    assert reader.get(f"{url}{row.pk}/archivos/{file.pk}/").status_code == 404
    assert "carta.pdf" not in words(reader.get(made.url)) and "(borrado)" in words(reader.get(made.url))
    entries = recorded(house.institution.pk, ["charters.reference_file_removed"])
    assert [entry.data["file"] for entry in entries] == [file.pk]
    assert manager.post(f"{url}{row.pk}/archivos/{file.pk + 1}/quitar/").status_code == 404
    changed = manager.post(f"{url}{row.pk}/cambiar/", typed | {"country": "Chile", "based_on": "1"})
    assert changed.status_code == 302
    late = manager.post(f"{url}{row.pk}/cambiar/", typed | {"country": "Perú", "based_on": "1"})
    assert late.status_code == 422 and "Otra persona lo guardó" in words(late)
    page = f"/{house.slug}/gestion/cartas/ediciones/{draft.pk}/comparaciones/"
    rows = {"rows-0-reference_id": str(row.pk), "rows-0-note": "Tomamos las horas", "based_on": "1"}
    assert manager.post(page, rows | {"rows-0-note": ""}).status_code == 422
    assert manager.post(page, rows).status_code == 302
    assert "Tomamos las horas" in words(reader.get(f"/{house.slug}/gestion/cartas/{draft.charter_id}/"))


def test_nothing_of_another_body_opens(house):
    other = make_house("valle")
    row = keep(other)
    client = house.client(Role.QUALITY_MANAGER)
    for at in ("", "cambiar/", "archivos/1/"):
        assert client.get(f"/{house.slug}/gestion/cartas/referencias/{row.pk}/{at}").status_code == 404
