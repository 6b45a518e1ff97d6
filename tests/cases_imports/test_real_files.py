# SPDX-License-Identifier: EUPL-1.2
"""The two real registers go in whole, with the mappings the product ships, by the command people type."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from siac.accounts.public import User
from siac.cases.public import Case, CaseText, found, save_kind
from siac.clocks.public import Clock
from siac.journal.public import verify_institution
from siac.organizations.public import Access
from tests.cases_imports.conftest import NOW, make_body

ROOT = Path(__file__).resolve().parents[2]


def run(*words, **options) -> str:
    out = StringIO()
    call_command("import_cases", *words, stdout=out, **options)
    return out.getvalue()


def test_pamplona_goes_in_whole_and_only_once(body, sample_data):
    words = (str(sample_data / "pamplona_quejas_2014.csv"), "--institution", body.slug)
    mapping = str(ROOT / "mappings" / "pamplona_quejas.toml")
    assert "Cargadas: 5378. Ya estaban: 0. Rechazadas: 0." in run(*words, "--mapping", mapping)
    cases = Case.objects.filter(institution=body)
    assert sorted(cases.values_list("number", flat=True)) == list(range(1, 5379))
    first = cases.select_related("text", "topic").get(original_number="2014-16")
    assert (body.local_date(first.filed_at).isoformat(), first.channel, first.state) == (
        "2014-01-02",
        "phone",
        "closed",
    )
    assert first.topic.name == "Aceras"
    assert "Barrio: ERMITAGAÑA-MENDEBALDEA" in first.text.body
    assert not Clock.objects.filter(institution=body).exists()  # closed long ago: nothing runs
    assert not cases.filter(text__place__contains="---").exists()
    assert "Cargadas: 0. Ya estaban: 5378. Rechazadas: 0." in run(*words, "--mapping", "pamplona_quejas")
    assert verify_institution(body.pk).problems == []


def test_madrid_goes_in_whole_with_clocks_on_what_is_open(body, sample_data):
    words = (str(sample_data / "madrid_avisos_2023_10.csv"), "--institution", body.slug)
    assert "Cargadas: 9187. Ya estaban: 0. Rechazadas: 0." in run(
        *words, "--mapping", "mappings/madrid_avisos.toml"
    )
    cases = Case.objects.filter(institution=body)
    assert cases.filter(state="closed", closed_at__isnull=False, answered_at=None).count() == 2386 + 434
    still_open = cases.filter(state="received")
    assert (
        still_open.count()
        == 6367
        == Clock.objects.filter(institution=body, kind="legal", state="running").count()
    )
    assert not still_open.filter(due_on=None).exists()
    assert (
        found(cases, Access(body, User(), []), "mascota fallecida")
        .filter(original_number="AV-000002")
        .exists()
    )
    assert CaseText.objects.filter(institution=body, body="El aviso no trae descripción.").count() == 4
    assert "9187 ya estaban" in run(*words, "--mapping", "madrid_avisos", dry_run=True)
    assert verify_institution(body.pk).problems == []


def test_a_body_without_the_kind_is_told_so(db, sample_data):
    body = make_body("otra")
    save_kind(
        institution=body,
        actor=None,
        now=NOW,
        kind=body.case_kinds.get(code="aviso"),
        code="alerta",
        name="Alerta",
    )
    words = (
        str(sample_data / "madrid_avisos_2023_10.csv"),
        "--institution",
        "otra",
        "--mapping",
        "madrid_avisos",
    )
    with pytest.raises(CommandError, match="código «aviso»"):
        run(*words)
    assert not Case.objects.filter(institution=body).exists()
