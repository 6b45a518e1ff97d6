# SPDX-License-Identifier: EUPL-1.2
"""What the search of the house finds in the catalogue: services and frequent questions, by everyday words."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.finding import find_questions, find_services
from siac.catalogue.models import Service
from siac.catalogue.queries import QuestionTold, term_words
from siac.organizations.public import Access
from siac.ui.searching import Match, SearchGroup, SearchSource


def _find(access: Access, text: str, now: datetime, most: int) -> list[SearchGroup]:
    if not access.has(ServiceRight.READ):
        return []
    institution = access.institution
    found = find_services(institution, text)[: most + 1]
    asked = find_questions(institution, text, most=most + 1)
    return [
        SearchGroup("servicios", "Servicios", 20, [_match(access, row, text) for row in found]),
        SearchGroup("preguntas", "Preguntas frecuentes", 25, [_answer(access, each, text) for each in asked]),
    ]


def _match(access: Access, row: Service, text: str) -> Match:
    term = term_words(row)
    told = (
        row.summary, f"Plazo: {term}" if term else "Sin plazo comprometido",
        f"Costo: {row.cost}" if row.cost else "Costo sin decir",
    )  # fmt: skip
    return Match(row.name, _script(access, row.pk, text), [each for each in told if each])


def _answer(access: Access, question: QuestionTold, text: str) -> Match:
    """Return a question with its answer: who asked by telephone hears it at once."""
    url = _script(access, question.service_id, text)
    return Match(question.question, url, [question.answer, f"De «{question.service}»"])


def _script(access: Access, service_id: int, text: str) -> str:
    url = reverse("workspace:catalogue:script", args=[access.institution.slug, service_id])
    return f"{url}?{urlencode({'q': text})}"


SERVICES = SearchSource("services", _find)
