# SPDX-License-Identifier: EUPL-1.2
"""The catalogue: what finding a procedure by everyday words costs among ten thousand, slips of the finger
included; and what the one search of the house costs, which asks the catalogue and all requests at once.
"""

import random
import statistics
import time
from collections.abc import Iterable, Sequence

from django.test import Client

from benchmarks.requests import OFFICER
from siac.accounts.public import User
from siac.catalogue.models import Service
from siac.catalogue.public import find_services, services
from siac.kernel.text import sort_key
from siac.organizations.public import Institution, touch_configuration

COUNT = 10_000
ROUNDS = 400
SEARCHES = 100
_ACTS = (
    "Certificado", "Permiso", "Licencia", "Inscripción", "Registro", "Autorización", "Subsidio", "Beca",
    "Renovación", "Duplicado", "Reclamo", "Denuncia", "Copia", "Validación", "Devolución", "Exención",
)  # fmt: skip
_THINGS = (
    "nacimiento", "matrimonio", "circulación", "edificación", "matrícula", "transporte", "alimentación",
    "arriendo", "vivienda", "discapacidad", "pensión", "antigüedad", "residuos", "alumbrado", "arbolado",
    "comercio", "patente", "vehículo", "terreno", "agua", "pesca", "turismo", "capacitación", "empleo",
)  # fmt: skip
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


def catalogue_speed(institution: Institution) -> Iterable[str]:
    """Yield what finding costs: the first time, as the library is asked, and as the page of the portal."""
    own = _fill(institution)
    touch_configuration(institution.pk)
    institution.refresh_from_db()
    begun = time.perf_counter()
    count = sum(row.is_active for row in services(institution).values())
    read = time.perf_counter() - begun
    find_services(institution, "matrícula")
    first = time.perf_counter() - begun
    yield (
        f"- {count:,} services: read in {read:.2f} s and put in order in {first - read:.2f} s more, once for"
        " each change of the configuration"
    )
    chance = random.Random(7)
    plain = [_question(chance, own) for _ in range(ROUNDS)]
    asked = {"as written": plain, "with a slip": [_slip(chance, each) for each in plain]}
    yield from ("\n| question | p50 ms | p95 ms | finds what was meant |", "|---|---:|---:|---:|")
    for name, questions in asked.items():
        times, hits = _asked(institution, questions, plain)
        yield f"| {name} | {_at(times, 50):.1f} | {_at(times, 95):.1f} | {hits} of {len(questions)} |"
    client = Client()
    times = []
    for question in asked["with a slip"][:100]:
        begun = time.perf_counter()
        answer = client.get(f"/{institution.slug}/servicios/", {"q": question}, REMOTE_ADDR=_address(chance))
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200
    yield f"| the page of the portal, with a slip | {_at(times, 50):.1f} | {_at(times, 95):.1f} | |"
    yield from _one_search(institution, asked, chance)


def _one_search(
    institution: Institution, asked: dict[str, list[str]], chance: random.Random
) -> Iterable[str]:
    """Yield what the search of the house costs an officer: a procedure, a person, a word of requests."""
    staff = Client()
    staff.force_login(User.objects.get(email=OFFICER))
    typed = {
        "a procedure, with a slip": asked["with a slip"][:SEARCHES],
        "a person": [f"persona{chance.randrange(1, 5000)}" for _ in range(SEARCHES)],
        "a common word of requests": ["problema"] * SEARCHES,
    }
    for name, questions in typed.items():
        times = []
        for question in questions:
            begun = time.perf_counter()
            answer = staff.get(f"/{institution.slug}/gestion/buscar/", {"q": question})
            times.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code in (200, 302)
        yield f"| the search of the house: {name} | {_at(times, 50):.1f} | {_at(times, 95):.1f} | |"


def _fill(institution: Institution) -> list[str]:
    """Make what is missing of so many services, alike as those of a body are; return their own words."""
    chance = random.Random(3)
    names, own = [], []
    for number in range(COUNT):
        word = "".join(chance.choice(_SYLLABLES) for _ in range(4))
        own.append(word)
        names.append(f"{_ACTS[number % 16]} de {_THINGS[number % 24]} {word}")
    if not Service.objects.filter(institution=institution, code="banco-0").exists():
        Service.objects.bulk_create(
            Service(
                institution=institution, code=f"banco-{number}", name=name, sort_key=sort_key(name),
                summary=f"Para quien necesita {name.lower()} por primera vez o lo perdió.",
                requirements=[{"text": "Cédula de identidad", "where": "Registro Civil"}],
                steps=[{"text": "Pida la hora."}, {"text": "Reciba la respuesta."}],
                questions=[{"question": f"¿Cuánto demora {own[number]}?", "answer": "Diez días."}],
            )
            for number, name in enumerate(names)
        )  # fmt: skip
    return own


def _question(chance: random.Random, own: Sequence[str]) -> str:
    at = chance.randrange(COUNT)
    return f"cómo pido {_ACTS[at % 16].lower()} de {_THINGS[at % 24]} {own[at]}"


def _slip(chance: random.Random, question: str) -> str:
    """Return a question with one letter wrong, missing or swapped in its last word."""
    head, _, word = question.rpartition(" ")
    at = chance.randrange(1, len(word) - 1)
    wrong = (
        word[:at] + word[at + 1 :],
        word[:at] + "k" + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )
    return f"{head} {chance.choice(wrong)}"


def _asked(
    institution: Institution, questions: Sequence[str], meant: Sequence[str]
) -> tuple[list[float], int]:
    times, hits = [], 0
    for question, plain in zip(questions, meant, strict=True):
        begun = time.perf_counter()
        found = find_services(institution, question)
        times.append((time.perf_counter() - begun) * 1000)
        hits += bool(found) and found[0].name.endswith(plain.rpartition(" ")[2])
    return times, hits


def _at(times: Sequence[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


def _address(chance: random.Random) -> str:
    """Return an address of its own for each question: the portal counts those of one."""
    return f"10.{chance.randrange(250)}.{chance.randrange(250)}.{chance.randrange(1, 250)}"
