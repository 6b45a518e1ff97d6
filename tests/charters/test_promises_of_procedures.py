# SPDX-License-Identifier: EUPL-1.2
"""Promises on procedures, and how they were kept year by year, from the real workbook of 145 bodies: by the
commands that people use, beside what the bare cells say.

Three bodies were worked out by hand, cell by cell. Source of their counts:
«chile_cseu_tramites_2022_2025.xlsx» of franvidal-hac/dashboard-cseu, from the yearly quality reports of
public bodies of Chile.
"""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from openpyxl import load_workbook

from siac.accounts.public import Role, User
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.charters import start_charter
from siac.charters.commands.drafting import save_commitment, save_days, start_edition
from siac.charters.commands.freezing import freeze_periods
from siac.charters.domain.parts import Norm
from siac.charters.models import CharterEdition, PeriodResult
from siac.charters.standings import standings
from siac.indicators.public import save_indicator
from siac.indicators.results.commands import write_result
from siac.organizations.public import Institution, create_institution
from siac.procedures.domain import compliance
from siac.procedures.models import ProcedureRecord
from siac.procedures.public import load_records
from siac.procedures.queries import records, total

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 7, 15, tzinfo=UTC)
YEARS = range(2022, 2026)
TARGET = Decimal("90.0")
CODE, BODY, NAME, TERM, FIRST = 1, 2, 3, 8, 10
"""Columns of the workbook: code and name of the body, procedure, committed time, the first of the years'."""
EACH, OVER, HANDLED = 6, 4, 5
"""Columns of each year, and where among them are how many took longer and how many were handled."""
SIAC = "Gestión de Solicitudes Ciudadanas (SIAC)"
HAND: dict[str, dict[str, Sequence[tuple[Fraction, str] | None]]] = {
    # Gobierno Regional de Los Ríos: one promise, 15 business days.
    "3101_74": {
        "Solicitud de Acceso a la Información": (
            (Fraction(88, 100), "88,0 %"),  # 1 - 12/100
            (Fraction(123, 163), "75,5 %"),  # 1 - 40/163 = 0,754 60
            (Fraction(88, 157), "56,1 %"),  # 1 - 69/157 = 0,560 51
            (Fraction(56, 114), "49,1 %"),  # 1 - 58/114 = 0,491 23
        ),
    },
    # Consejo Nacional de Televisión: of the second procedure the committed time is 0, which is no promise.
    "2002": {
        "Recepción de denuncias": (
            (Fraction(2853, 3270), "87,2 %"),  # 1 - 417/3270 = 0,872 48
            (Fraction(11654, 14992), "77,7 %"),  # 1 - 3338/14992 = 0,777 35
            (Fraction(2943, 3394), "86,7 %"),  # 1 - 451/3394 = 0,867 12
            (Fraction(1472, 2153), "68,4 %"),  # 1 - 681/2153 = 0,683 70
        ),
        "Postulación a Concesiones": (None, None, None, None),
    },
    # Subsecretaría de Ciencia: years in which nothing was handled.
    "3001": {
        SIAC: (
            None,  # 0 of 0
            (Fraction(1), "100,0 %"),  # 1 - 0/1
            (Fraction(766, 767), "99,9 %"),  # 1 - 1/767 = 0,998 70
            (Fraction(309, 312), "99,0 %"),  # 1 - 3/312 = 0,990 38
        ),
        "Postulación Programa Financiamiento": (
            None, None,  # 0 of 0 in both
            (Fraction(1), "100,0 %"),  # 1 - 0/41
            (Fraction(1), "100,0 %"),  # 1 - 0/11
        ),
    },
}  # fmt: skip
FROZEN = {
    "3101_74": [(2024, "56,1 %", False), (2025, "49,1 %", False)],
    "2002": [(2024, "86,7 %", False), (2025, "68,4 %", False)],
}


class Line(NamedTuple):
    """What the cells of a procedure say, read without the house."""

    cells: Sequence[Any]

    @property
    def name(self) -> str:
        return " ".join(self.cells[NAME].split())

    def counts(self, year: int) -> tuple[int, int]:
        """How many of how many took longer."""
        at = FIRST + EACH * (year - YEARS[0])
        return int(self.cells[at + OVER]), int(self.cells[at + HANDLED])

    def tenths(self, year: int) -> Decimal | None:
        """Compliance in per cent with one decimal, half up, by whole numbers alone."""
        over, handled = self.counts(year)
        if not handled or str(self.cells[TERM]) == "0":
            return None
        return Decimal((2000 * (handled - over) + handled) // (2 * handled)).scaleb(-1)


@pytest.fixture
def workbook(sample_data: Path) -> tuple[Sequence[Any], dict[str, list[Line]]]:
    """The header, and the lines of each body by its code."""
    book = load_workbook(sample_data / "chile_cseu_tramites_2022_2025.xlsx", read_only=True)
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    found: dict[str, list[Line]] = {}
    for cells in rows:
        found.setdefault(str(cells[CODE]), []).append(Line(cells))
    return header, found


def opened(code: str, number: int, header: Sequence[Any], lines: Sequence[Line]) -> Institution:
    """Open a body that loads its own record of procedures."""
    name = lines[0].cells[BODY]
    institution = create_institution(
        actor=None, now=NOW, slug=f"cuerpo-{number}", name=name, short_name=name[:40], jurisdiction="CL",
        time_zone="America/Santiago", place="CL", email="oirs@cuerpo.example", official_code=code,
    )  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerows([header, *(line.cells for line in lines)])
    batch = load_records(institution=institution, content=text.getvalue().encode(), name="t.csv", now=NOW)
    assert (batch.state, batch.rows_loaded) == ("done", len(lines) * len(YEARS)), batch.reason
    return institution


def promised(institution: Institution, rows: Sequence[ProcedureRecord], actor: User) -> CharterEdition:
    """Promise, in a draft, that of each procedure with a committed time 90 % take no longer; its results are
    those of its record, none where the record has none.
    """
    common: dict[str, Any] = {"institution": institution, "actor": actor, "now": NOW}
    charter = start_charter(
        **common, code="tramites", title="Carta de trámites", norm=Norm.UNE, responsible_id=None
    )
    edition = start_edition(**common, charter_id=charter.pk)
    by_key: dict[str, list[ProcedureRecord]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    for number, own in enumerate(by_key.values(), start=1):
        within = f"{own[0].promised} {own[0].get_time_unit_display()}"
        indicator = save_indicator(
            **common, code=f"tramite-{number}", name=own[0].name[:150], unit="%", better="higher",
            definition="1 − en más tiempo ÷ gestionados, × 100.", target=TARGET, frequency="year",
            since=date(YEARS[0], 1, 1), source_words="Registro anual de trámites",
        )  # fmt: skip
        for row in own:
            part = compliance(row.promised, row.beyond, row.handled)
            if part is not None:
                write_result(
                    **common, indicator_id=indicator.pk, first=date(row.year, 1, 1),
                    value=Decimal(part.numerator * 100) / part.denominator,
                    note=f"Registro anual {row.year}: {row.handled} gestionados, {row.beyond} en más tiempo.",
                )  # fmt: skip
        fields = {
            "text": f"{own[0].name[:200]} en {within}", "dimension": "speed", "form": "figure",
            "kind_id": None, "amount": None, "unit": "", "indicator_id": indicator.pk, "target": TARGET,
            "record": "Registro anual de trámites", "moment": "year", "responsible_id": None,
            "is_controllable": True, "dependence": "", "remedy_kind": "none", "remedy": "",
            "remedy_days": 10, "no_remedy_reason": "Es una cifra de todo el año.",
        }  # fmt: skip
        save_commitment(**common, edition_id=edition.pk, fields=fields)
    return edition


def kept(edition: CharterEdition) -> dict[tuple[str, int], tuple[Decimal | None, bool | None, str]]:
    """Return, by the name of the procedure and year, the value of its promise, whether it reached its target,
    and the value in words.
    """
    among = list(edition.commitments.select_related("indicator", "edition"))
    return {
        (line.commitment.indicator.name, year): (line.value, line.reached, line.value_words)
        for year in YEARS
        for line in standings(
            edition.institution, first=date(year, 1, 1), last=date(year, 12, 31), is_dated=False, among=among
        )
    }


def check_records(institution: Institution, lines: Sequence[Line]) -> list[ProcedureRecord]:
    """Hold each record of a body against its cells, and what its years add up to; return those with a
    promise, by name and year.
    """
    rows = list(records(institution).order_by("name", "year"))
    by_name = {line.name: line for line in lines}
    assert len(rows) == len(by_name) * len(YEARS)
    for row in rows:
        line = by_name[row.name]
        found = compliance(row.promised, row.beyond, row.handled)
        over, handled = line.counts(row.year)
        if line.tenths(row.year) is None:
            assert found is None and (handled == 0 or row.promised is None)
        else:
            assert found is not None and found * handled == handled - over
    for year in YEARS:
        judged = [line.counts(year) for line in lines if str(line.cells[TERM]) != "0"]
        all_over, all_handled = (sum(each) for each in zip(*judged, strict=True)) if judged else (0, 0)
        told = total(records(institution).filter(year=year))
        assert (told.beyond, told.handled) == (all_over, all_handled)
    return [row for row in rows if row.promised]


def test_promises_of_145_bodies_are_kept_as_their_cells_say(house, workbook):
    """Each body loads its record and promises its first procedure (the three worked by hand, all)."""
    header, bodies = workbook
    assert len(bodies) == 145
    actor = house.user(Role.QUALITY_MANAGER)
    promising = without = 0
    for number, (code, lines) in enumerate(sorted(bodies.items())):
        with transaction.atomic():
            institution = opened(code, number, header, lines)
            rows = check_records(institution, lines)
            if not rows:
                continue
            chosen = rows if code in HAND else [row for row in rows if row.key == rows[0].key]
            edition = promised(institution, chosen, actor)
        promising += 1
        by_name = {line.name[:150]: line for line in lines}
        for (name, year), (value, reached, _) in kept(edition).items():
            told = by_name[name].tenths(year)
            assert value == told and reached is (None if told is None else told >= TARGET), (code, name, year)
            without += told is None
    assert promising == 144  # one promises no time at all in any of its procedures
    assert without  # of some years there is nothing to tell


def test_three_bodies_as_they_were_worked_out_by_hand(house, workbook):
    header, bodies = workbook
    actor = house.user(Role.QUALITY_MANAGER)
    for number, (code, by_hand) in enumerate(HAND.items()):
        institution = opened(code, number, header, bodies[code])
        rows = list(records(institution).order_by("name", "year"))
        for begins, told in by_hand.items():
            own = [row for row in rows if row.name.startswith(begins)]
            parts = [compliance(row.promised, row.beyond, row.handled) for row in own]
            assert parts == [each and each[0] for each in told], (code, begins)
        edition = promised(institution, [row for row in rows if row.promised], actor)
        found = kept(edition)
        for begins, told in by_hand.items():
            words = [shown for (name, _), (_, _, shown) in sorted(found.items()) if name.startswith(begins)]
            assert words == [each[1] if each else "—" for each in told if any(told)], (code, begins)


def test_closed_years_stand_in_the_public_register(house, workbook):
    """In force since 2022 and looked at in 2026: of the last three years the closed ones are frozen, and a
    year of which there is nothing to tell says so.
    """
    header, bodies = workbook
    actor = house.user(Role.QUALITY_MANAGER)
    for number, code in enumerate(HAND):
        institution = opened(code, number, header, bodies[code])
        rows = records(institution).filter(promised__isnull=False).order_by("name", "year")
        edition = promised(institution, rows, actor)
        save_days(
            institution=institution, edition_id=edition.pk, valid_from=date(2022, 1, 1), revised_by=None,
            actor=actor, now=NOW, based_on=None,
        )  # fmt: skip
        with transaction.atomic():
            edition.refresh_from_db()
            put_in_force(edition, act="Res. 1", approved_on=None, actor=actor, now=NOW)
        institution.refresh_from_db()
        freeze_periods(institution, now=NOW)
        results = PeriodResult.objects.filter(institution=institution)
        found = [(row.first.year, row.words, row.is_reached) for row in results.order_by("code", "first")]
        assert found == FROZEN[code] if code in FROZEN else (2025, "—", None) in found
        answer = house.client().get(f"/{institution.slug}/cartas/tramites/cumplimiento/?formato=csv")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(found)
        assert any("sin dato" in line for line in lines) == any(each is None for _, _, each in found)
