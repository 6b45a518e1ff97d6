# SPDX-License-Identifier: EUPL-1.2
"""The sheet in which a unit keeps its attentions comes in by the wizard, reported when it is loaded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import ImportBatch, Interaction, SavedMapping
from siac.cases.tasks import check_register, load_register
from siac.journal.public import history, verify_institution

pytestmark = pytest.mark.django_db
HEADER = "Fecha;Unidad;Canal;Tema;Detalle;Minutos;Resuelta\n"
GOOD = (
    "01/06/2026 10:15;Oficina de Informaciones;Teléfono;Transparencia;Horario;5;Sí\n"
    "01/06/2026 10:15;Oficina de Informaciones;Teléfono;Transparencia;Horario;5;Sí\n"
    "02/06/2026;obras;mostrador;Algo que no existe;Bache;;no\n"
)


@pytest.fixture
def base(house, settings, tmp_path) -> str:
    settings.MEDIA_ROOT = tmp_path
    return f"/{house.slug}/gestion/importaciones/"


def bring(house, base: str, text: str, **changes) -> tuple[ImportBatch, str]:
    """Upload a sheet, take the columns suggested, check it; return the batch and what is shown."""
    browser = house.client(Role.QUALITY_MANAGER)
    file = SimpleUploadedFile("planilla.csv", (HEADER + text).encode())
    assert browser.post(f"{base}nueva/", {"register": file, "sort": "attentions"}).status_code == 302
    batch = ImportBatch.objects.order_by("-pk").first()
    form = browser.get(f"{base}{batch.pk}/columnas/").context["form"]
    typed = {name: field.initial or "" for name, field in form.fields.items()}
    sent = browser.post(f"{base}{batch.pk}/columnas/", {**typed, "begun_at_format": "dmy", **changes})
    assert sent.status_code == 302, sent.context["form"].errors
    check_register(batch.pk)
    batch.refresh_from_db()
    return batch, browser.get(f"{base}{batch.pk}/").content.decode()


def load(house, base: str, batch: ImportBatch, **sent) -> ImportBatch:
    house.client(Role.QUALITY_MANAGER).post(f"{base}{batch.pk}/cargar/", sent)
    load_register(batch.pk)
    batch.refresh_from_db()
    return batch


def test_from_the_sheet_to_the_register_of_attentions(house, base):
    house.institution.reporting_days = 3
    house.institution.save()
    batch, shown = bring(house, base, GOOD)
    assert "Cargar 3 atenciones" in shown and "1 de junio de 2026, 10:15" in shown
    assert "No se conoce su tema" in shown
    load(house, base, batch)
    assert (batch.state, batch.rows_loaded, batch.rows_repeated) == ("done", 3, 0)
    first, _, third = Interaction.objects.order_by("pk")
    assert (first.channel, first.unit_id, first.topic_id) == (
        "phone", house.units["oirs"], house.topics["Transparencia"],
    )  # fmt: skip
    assert (first.subject, first.minutes, first.is_resolved) == ("Horario", 5, True)
    assert (third.channel, third.topic_id, third.minutes, third.is_resolved) == ("counter", None, None, False)
    assert (third.unit_id, house.institution.local_date(third.begun_at)) == (
        house.units["obras"], date(2026, 6, 2),
    )  # fmt: skip
    assert first.registered_by == house.user(Role.QUALITY_MANAGER) and first.due_on == date(2026, 6, 4)
    assert abs(first.registered_at - timezone.now()).total_seconds() < 60
    [entry] = history(house.institution.pk, first.stream)
    assert (entry.kind, entry.data["batch"]) == ("cases.attention_registered", batch.pk)
    page = house.client(Role.QUALITY_MANAGER).get(f"{base}{batch.pk}/")
    assert page.context["list_url"] == f"/{house.slug}/gestion/atenciones/"
    assert (
        "Atenciones de la planilla de una unidad"
        in house.client(Role.QUALITY_MANAGER).get(base).content.decode()
    )
    assert verify_institution(house.institution.pk).problems == []


def test_a_sheet_that_grew_adds_only_what_is_new(house, base):
    """Without a column of numbers a row is known by what it says; equal rows are told apart by their turn."""
    load(house, base, bring(house, base, GOOD)[0])
    batch, shown = bring(house, base, GOOD + "03/06/2026;obras;teléfono;;Otro;1;Sí\n")
    assert batch.rows_repeated == 3 and "Cargar 1 atenciones" in shown
    load(house, base, batch)
    assert (batch.rows_loaded, batch.rows_repeated, Interaction.objects.count()) == (1, 3, 4)


def test_rows_that_cannot_come_in_say_why(house, base):
    bad = (
        "mañana;obras;;;x;;\n"
        "01/06/2026;;;;sin unidad;;\n"
        "01/06/2026;Marte;;;unidad ajena;;\n"
        "01/06/2026;obras;paloma;;canal ajeno;;\n"
        "01/06/2026;obras;;;minutos;media hora;\n"
        "01/06/2099;obras;;;futura;;\n"
    )
    batch, shown = bring(house, base, bad + "01/06/2026;obras;;;bien;;\n")
    assert batch.rows_rejected == 6
    for words in (
        "no es una fecha", "Falta la unidad", "La unidad «Marte» no existe", "El canal «paloma»",
        "«media hora» no es un número entero", "posterior a hoy",
    ):  # fmt: skip
        assert words in shown
    load(house, base, batch, solo_correctas="si")
    assert [row.subject for row in Interaction.objects.all()] == ["bien"]


def test_a_sheet_of_one_unit_names_it_once(house, base):
    batch, _ = bring(house, base, "01/06/2026;;;;x;;\n", unit_0="", unit_fixed="juridico")
    load(house, base, batch)
    assert Interaction.objects.get().unit_id == house.units["juridico"]


def test_the_same_columns_of_another_sort_of_register_keep_their_own_meaning(house, base):
    bring(house, base, GOOD)
    assert SavedMapping.objects.get().register == "attentions"
    browser = house.client(Role.QUALITY_MANAGER)
    file = SimpleUploadedFile("registro.csv", (HEADER + GOOD).encode())
    browser.post(f"{base}nueva/", {"register": file, "sort": "cases"})
    batch = ImportBatch.objects.order_by("-pk").first()
    form = browser.get(f"{base}{batch.pk}/columnas/").context["form"]
    assert "filed_at_0" in form.fields and "begun_at_0" not in form.fields
