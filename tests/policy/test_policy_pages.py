# SPDX-License-Identifier: EUPL-1.2
"""The pages of the policy: written by two at once, read by everybody, compared, on paper, with progress."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.governance.public import save_seat
from siac.kernel.errors import Refused
from siac.organizations.public import access_in
from siac.policy import progress
from siac.policy.commands.approving import propose
from siac.policy.commands.policies import save_links, start_edition
from siac.policy.commands.sections import save_section
from siac.policy.models import LineLink, PolicyEdition, PolicySection
from siac.policy.progress import Progress, ProgressSource
from siac.policy.queries import documents_of
from siac.policy.tiles import POLICY
from tests.factories import upload
from tests.policy.writing_it import A, K, approved, common, council_of, drafted
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(house, name, *args):
    return reverse(f"workspace:policy:{name}", args=[house.slug, *args])


def public(house, name="policy", *args):
    return reverse(f"portal:policy:{name}", args=[house.slug, *args])


@pytest.fixture
def draft(house):
    council, _ = council_of(house)
    return drafted(house, council)


@pytest.fixture
def keeper(house, client):
    client.force_login(house.user(K))
    return client


def test_two_people_write_one_section_and_nothing_typed_is_lost(house, keeper, draft):
    page = keeper.get(url(house, "section", 1, "validity"))
    seen = page.context["form"]["based_on"].value()
    save_section(
        **{**common(house), "actor": house.user(Role.PLANNING)}, number=1, code="validity",
        text="Rige dos años.",
    )  # fmt: skip
    typed = {"text": "Rige tres años.", "based_on": seen}
    page = keeper.post(url(house, "section", 1, "validity"), typed)
    assert page.status_code == 422
    told = words(page)
    assert house.user(Role.PLANNING).name in told
    assert "quedó Rige dos años.; usted escribió Rige tres años." in told
    assert "Rige tres años." in page.content.decode()
    typed["based_on"] = page.context["form"]["based_on"].value()
    assert keeper.post(url(house, "section", 1, "validity"), typed).status_code == 302
    assert PolicySection.objects.get(code="validity").text == "Rige tres años."


def test_two_people_begin_the_same_empty_section(house, keeper, draft):
    save_section(**common(house), number=1, code="legal", text="La ley.")
    page = keeper.post(url(house, "section", 1, "legal"), {"text": "Otra", "based_on": "0"})
    assert page.status_code == 422
    assert PolicySection.objects.get(code="legal").text == "La ley."


def test_whoever_types_while_it_is_proposed_keeps_what_they_typed(house, keeper, draft):
    propose(**common(house), number=1)
    page = keeper.post(url(house, "section", 1, "validity"), {"text": "Tarde", "based_on": "1"})
    assert page.status_code == 422
    assert "ya no está en redacción" in words(page) and "Tarde" in page.content.decode()
    assert keeper.get(url(house, "section", 1, "validity")).status_code == 404


def test_a_section_is_written_as_rows_that_keep_their_code(house, keeper, draft):
    version = PolicySection.objects.get(code="principles").version
    sent = {
        "text": "Los que guían.", "based_on": version,
        "rows-0-name": "Articulación", "rows-0-text": "Visión común", "rows-0-code": "p2",
        "rows-1-name": "Mejora continua", "rows-1-text": "Siempre", "rows-1-code": "",
    }  # fmt: skip
    assert keeper.post(url(house, "section", 1, "principles"), sent).status_code == 302
    rows = PolicySection.objects.get(code="principles").rows
    assert [(row["code"], row["name"]) for row in rows] == [("p2", "Articulación"), ("p3", "Mejora continua")]
    sent |= {"rows-1-text": ""}
    page = keeper.post(url(house, "section", 1, "principles"), sent)
    assert page.status_code == 422 and "Falta «qué significa»." in words(page)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.cl/a", "no es"])
def test_an_address_is_one_of_the_web(house, keeper, draft, address):
    sent = {"rows-0-name": "Código", "rows-0-principle": "p1", "rows-0-sort": "code", "rows-0-url": address}
    page = keeper.post(url(house, "section", 1, "instruments"), sent | {"based_on": "1"})
    assert page.status_code == 422
    assert "Escriba una dirección web" in words(page)


def test_a_matrix_says_which_row_has_no_link_and_is_written_by_rows(house, keeper, draft):
    told = words(keeper.get(url(house, "edition", 1)))
    assert "Principio sin vínculo: «Articulación» (Principios y objetivos estratégicos)." in told
    assert "Articulación : cambiar sus vínculos Sin vínculo" in told
    page = keeper.get(url(house, "cells", 1, "principle_links", "p2"))
    assert [str(each.label) for each in page.context["form"].visible_fields()] == ["Aprendizajes", "Recursos"]
    version = PolicySection.objects.get(code="principle_links").version
    sent = {"con_s1": "Une", "con_s2": "", "based_on": version}
    assert keeper.post(url(house, "cells", 1, "principle_links", "p2"), sent).status_code == 302
    assert "Principio sin vínculo" not in words(keeper.get(url(house, "edition", 1)))
    page = keeper.post(url(house, "cells", 1, "principle_links", "p2"), sent | {"con_s1": "Une más"})
    assert page.status_code == 422 and "Une más" in page.content.decode()
    assert keeper.get(url(house, "cells", 1, "principle_links", "p9")).status_code == 404
    assert keeper.get(url(house, "cells", 1, "principles", "p1")).status_code == 404


def test_matrices_have_headers_of_rows_and_columns_in_a_region_with_a_name(house, client):
    approved(house)
    page = client.get(public(house)).content.decode()
    assert 'role="region" aria-label="Matriz: Principios y objetivos estratégicos"' in page
    assert page.count('scope="row"') >= 3 and page.count('scope="col"') >= 4


def test_everybody_reads_what_was_approved_and_nothing_else(house, client):
    assert client.get(public(house)).status_code == 404
    row = approved(house, act="Resolución 12")
    told = words(client.get(public(house)))
    for said in (
        "Política de calidad", "Vigente", "Comité de calidad, sesión 1", "Resolución 12", "Gabinete",
        "Cuida los recursos", "Atender bien ayuda a aprender", "0 a 14 años", "Personal que atiende",
        "Autoridad", "Todavía sin avance que mostrar.", "Código de conducta",
    ):  # fmt: skip
        assert said in told
    assert "Cambiar" not in told
    start_edition(**common(house))
    assert client.get(public(house, "edition", 1)).status_code == 200
    assert client.get(public(house, "edition", 2)).status_code == 404
    assert client.get(public(house, "paper", 2)).status_code == 404
    listed = words(client.get(reverse("portal:charters:charters", args=[house.slug])))
    assert "Política de calidad" in listed
    assert row.number == 1


def test_the_paper_says_all_of_it_with_both_matrices(house, client, keeper):
    row = approved(house)
    paper = PdfReader(BytesIO(client.get(public(house, "paper", 1)).content))
    told = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for said in (
        "Política de calidad", "Edición 1", "Comité de calidad", "Contenidos", "Cuida los recursos",
        "Atender bien ayuda a aprender", "Sin vínculo", "22,4 %", "Abrir la OIRS", row.digest[:10],
    ):  # fmt: skip
        assert said in told
    assert "Borrador" not in told
    sides = [page.mediabox.width > page.mediabox.height for page in paper.pages]
    assert sides.count(True) == 2  # each matrix has a page on its side
    assert paper.metadata.title == "Política de calidad"
    start_edition(**common(house))
    draft = PdfReader(BytesIO(keeper.get(url(house, "paper", 2)).content))
    assert "Borrador" in draft.pages[0].extract_text()


def test_editions_are_compared_section_by_section(house, keeper):
    approved(house)
    start_edition(**common(house))
    save_section(
        **common(house), number=2, code="principles",
        rows=[
            {"code": "p1", "name": "Eficiencia", "text": "Al menor costo posible"},
            {"name": "Integridad", "text": "Con probidad"},
        ],
    )  # fmt: skip
    save_section(**common(house), number=2, code="validity", text="Se revisa cada año.")
    page = keeper.get(url(house, "compare", 2))
    changed = {each.code: each for each in page.context["changed"]}
    assert set(changed) == {"principles", "validity", "participation"}
    assert changed["principles"].added == ["Integridad"]
    assert changed["principles"].removed == ["Articulación"]
    assert [name for name, _ in changed["principles"].rows] == ["Eficiencia"]
    assert "[nuevo: posible ]" in words(page)
    assert keeper.get(url(house, "compare", 2), {"con": "7"}).status_code == 200
    history = words(keeper.get(url(house, "history", 2, "validity")))
    assert "Se revisa cada año." in history and house.user(K).name in history
    assert keeper.get(url(house, "history", 2, "otra")).status_code == 404


def test_a_document_is_read_by_everybody_once_an_approved_edition_names_it(house, client, keeper):
    row = approved(house, documents=[upload("codigo.pdf"), upload("otro.pdf")])
    named, other = documents_of(house.institution, row.policy_id)
    page = client.get(public(house)).content.decode()
    assert f'href="{public(house, "document", named)}"' in page
    answer = client.get(public(house, "document", named))
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith('"codigo.pdf"')
    assert client.get(public(house, "document", other)).status_code == 404
    assert keeper.get(url(house, "document", other)).status_code == 200
    assert keeper.get(url(house, "document", other + 50)).status_code == 404
    assert "otro.pdf" in words(keeper.get(url(house, "policy")))
    client.force_login(house.user(Role.FRONT_DESK))
    assert client.get(url(house, "document", other)).status_code == 403


def test_documents_are_checked_and_offered_to_instruments(house, keeper, draft):
    page = keeper.post(url(house, "documents"), {"attachments": [upload("malo.exe", b"MZ", "image/png")]})
    assert page.status_code == 422 and not documents_of(house.institution, draft.policy_id)
    page = keeper.post(url(house, "documents"), {"x": "1"})
    assert page.status_code == 422 and "Elija al menos un documento." in words(page)
    assert keeper.post(url(house, "documents"), {"attachments": [upload("codigo.pdf")]}).status_code == 302
    number = min(documents_of(house.institution, draft.policy_id))
    assert "codigo.pdf" in keeper.get(url(house, "section", 1, "instruments")).content.decode()
    row = {"name": "Código", "principle": "p1", "sort": "code"}
    with pytest.raises(Refused, match="policy_option"):
        save_section(**common(house), number=1, code="instruments", rows=[{**row, "file": str(number + 1)}])
    assert keeper.get(public(house, "document", number)).status_code == 404


@pytest.fixture
def works(monkeypatch):
    """A sort of thing of a higher context; \"Obra 2\" is gone."""
    source = ProgressSource(
        "work", "Obras", lambda asking: {1: "Obra 1"},
        lambda asking, numbers: {
            pk: Progress("Obra 1", "40 % hecho", "/obra/" if asking.access else "")
            for pk in numbers
            if pk == 1
        },
    )  # fmt: skip
    monkeypatch.setitem(progress._SOURCES, "work", source)


def test_lines_say_what_the_system_knows_of_them(house, keeper, client, works):
    row = approved(house)
    sent = {"things-0-row": "1", "things-0-thing": "work:1"}
    page = keeper.post(url(house, "links", 1, "l1"), {"_fila": "things add"})
    assert "Obra 1" in page.content.decode()
    assert keeper.post(url(house, "links", 1, "l1"), sent).status_code == 302
    told = words(keeper.get(url(house, "progress")))
    assert "1 de 2 se ven en el sistema." in told
    assert "Obra 1 : 40 % hecho" in told and "Nada en el sistema muestra su avance." in told
    assert 'href="/obra/"' in keeper.get(url(house, "progress")).content.decode()
    assert "40 % hecho" in words(client.get(public(house)))
    save_links(**common(house), edition=row, line="l1", things=[("work", 1), ("work", 2), ("work", 1)])
    assert LineLink.objects.count() == 2
    assert "Ya no está" in keeper.get(url(house, "links", 1, "l1")).content.decode()
    assert keeper.post(url(house, "links", 1, "l1"), {"csrf": "x"}).status_code == 302
    assert not LineLink.objects.exists()
    # What was linked to the line is linked in the next edition too.
    save_links(**common(house), edition=row, line="l1", things=[("work", 1)])
    start_edition(**common(house))
    assert "40 % hecho" in words(keeper.get(url(house, "edition", 2)))


def test_a_source_is_registered_once():
    taken = progress.progress_sources()[0]
    with pytest.raises(ValueError, match="twice"):
        progress.register_progress_source(taken)


def test_who_opens_what(house, client, draft):
    may_read = {
        K, A, Role.PLANNING, Role.COMMUNICATIONS, Role.HEAD_OF_UNIT, Role.COMMITTEE_MEMBER,
        Role.PEOPLE_MANAGER, Role.AUDITOR, Role.INTERNAL_AUDITOR,
    }  # fmt: skip
    for role in Role:
        client.force_login(house.user(role))
        reads = client.get(url(house, "policy")).status_code
        writes = client.get(url(house, "section", 1, "validity")).status_code
        assert (reads == 200) is (role in may_read), role
        assert (writes == 200) is (role in {K, Role.PLANNING}), role
        assert (client.get(url(house, "approve", 1)).status_code == 200) is (role is A), role


def test_who_sits_in_a_council_reads_what_it_must_decide_while_it_does(house, client):
    council, _ = council_of(house)
    member = house.user(Role.COUNCIL_MEMBER)
    save_seat(
        **common(house), council=council, name="Luz Vera", role="member", since=date(2026, 1, 1),
        user_id=member.pk,
    )  # fmt: skip
    drafted(house, council)
    client.force_login(member)
    assert client.get(url(house, "edition", 1)).status_code == 404
    propose(**common(house), number=1)
    page = client.get(url(house, "edition", 1))
    assert page.status_code == 200 and "Cambiar:" not in words(page)
    assert client.get(url(house, "policy")).status_code == 403


def test_the_steps_are_taken_on_the_pages(house, keeper, draft):
    digest = keeper.get(url(house, "edition", 1)).context["digest"]
    answer = keeper.post(url(house, "act", 1, "proponer"), {"visto": digest}, follow=True)
    assert "los órganos ya pueden decidir" in words(answer)
    keeper.post(url(house, "act", 1, "retirar"))
    assert PolicyEdition.objects.get().state == "draft"
    answer = keeper.post(url(house, "act", 1, "retirar"), follow=True)
    assert "La edición ya no está en ese momento" in words(answer)
    assert keeper.post(url(house, "act", 1, "borrar")).status_code == 404
    answer = keeper.post(url(house, "start"), follow=True)
    assert "Ya hay una edición" in words(answer)


def test_a_review_that_comes_near_is_told_to_who_keeps_it(house, client):
    approved(house)
    access = access_in(house.user(K), house.slug)
    assert POLICY.counted(access, date(2027, 10, 1))[0].count() == 0
    assert POLICY.counted(access, date(2027, 11, 15))[0].count() == 1
    assert POLICY.late(access, date(2028, 1, 1)).count() == 0
    assert POLICY.late(access, date(2028, 1, 2)).count() == 1


def test_the_public_page_costs_little(house, client):
    approved(house)
    with at_most(8):
        assert client.get(public(house)).status_code == 200
