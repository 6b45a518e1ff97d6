# SPDX-License-Identifier: EUPL-1.2
"""A routing rule in words: when it acts and what it does."""

from collections.abc import Mapping

from siac.cases.models import Channel, RoutingRule
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.organizations.public import Institution, unit_tree

_SENDERS = {"natural": "una persona", "legal": "una organización", "anonymous": "alguien anónimo"}


def when_words(institution: Institution, rule: RoutingRule) -> list[str]:
    """Return what must hold, one sentence a condition; "Siempre" where there is none (no SQL when warm)."""
    named_kinds, named_topics = kinds(institution), topics(institution)
    parts = [
        ("El texto dice", _lines(rule.words)),
        ("El lugar dice", _lines(rule.places)),
        ("Responde", _lines(rule.answers.replace("|", ":"))),
        ("Tipo", [named_kinds[pk].name for pk in rule.kinds if pk in named_kinds]),
        ("Canal", [Channel(code).label for code in rule.channels]),
        ("Tema", [named_topics[pk].name for pk in rule.topics if pk in named_topics]),
        ("Escribe", [_SENDERS[code] for code in rule.senders]),
    ]
    joined = {"Responde": " y "}
    found = [f"{title}: {joined.get(title, ' o ').join(values)}" for title, values in parts if values]
    if rule.restricted is not None:
        found.append("Es reservada" if rule.restricted else "No es reservada")
    return found or ["Siempre"]


def _lines(text: str) -> list[str]:
    return [f"«{' '.join(line.split())}»" for line in text.splitlines() if line.strip()]


def then_words(institution: Institution, rule: RoutingRule, people: Mapping[int, str]) -> list[str]:
    """Return what it does, one sentence each; `people` are the names of who works here (no SQL when warm)."""
    units, named = unit_tree(institution).nodes, topics(institution)
    found = []
    if rule.set_unit_id:
        found.append(f"Deriva a {units[rule.set_unit_id].name}")
    if rule.in_turn:
        found.append("Asigna por turno")
    if rule.set_assignee_id:
        found.append(f"Asigna a {people.get(rule.set_assignee_id, 'quien ya no trabaja aquí')}")
    if rule.set_topic_id:
        found.append(f"Pone el tema {named[rule.set_topic_id].name}")
    if rule.set_restricted:
        found.append("La hace reservada")
    return found
