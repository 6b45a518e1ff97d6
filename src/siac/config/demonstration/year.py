# SPDX-License-Identifier: EUPL-1.2
"""The yearly programme of an invented body: what it did of it, and packs that wait for their review."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.accounts.public import Role, User, account_of
from siac.organizations.public import Institution, access_in
from siac.processes.public import finish_task, process_of
from siac.programme.public import ask_pack, open_programme

_PMG, _AREAS = "pmg-calidad-servicio", "siac-seis-ambitos"
_DONE = {
    _PMG: {
        ("E1", "r1"): "Resolución de la demostración (inventada) y acta de la primera sesión",
        ("E1", "r2"): "Inventario al día en el sistema",
        ("E1", "r6"): "Hallazgos anotados con su fuente",
    },
    _AREAS: {
        ("A1", "r1"): "Puntos de atención al día en el sistema",
        ("A2", "r4"): "Carta publicada",
    },
}
_PACKS = {_PMG: (("E1", "r1"), ("E3", "r4")), _AREAS: (("A2", "r4"),)}


def run_the_year(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> None:
    """Open the programmes of the year (Chile's: no other country's comes with the product), say what was
    done of them, and ask for packs; the worker makes these when it starts.
    """
    if institution.jurisdiction != "CL":
        return
    actor = _account(script, Role.PLANNING) or _account(script, Role.QUALITY_MANAGER)
    if actor is None:
        return
    for code in (_PMG, _AREAS):
        _run(institution, code, actor, now)


def _run(institution: Institution, code: str, actor: User, now: datetime) -> None:
    year = institution.local_date(now).year
    begun = min(now, datetime(year, 1, 4, 12, tzinfo=institution.zone))
    row = open_programme(institution=institution, guide_code=code, year=year, actor=actor, now=begun)
    run = process_of(institution, "programme", row.pk)
    if run is None:
        raise LookupError(code)
    for (phase, task), note in _DONE[code].items():
        finish_task(
            institution=institution, run_id=run.pk, phase=phase, task=task, note=note, files=[], actor=actor,
            now=now,
        )  # fmt: skip
    access = access_in(actor, institution.slug)
    for phase, task in _PACKS[code]:
        ask_pack(access=access, programme=row, phase=phase, task=task, now=now)


def _account(script: Mapping[str, Any], role: Role) -> User | None:
    for person in script["people"]:
        if person["role"] == role:
            return account_of(person["email"])
    return None
