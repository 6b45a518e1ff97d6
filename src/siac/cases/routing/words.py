# SPDX-License-Identifier: EUPL-1.2
"""A routing rule in words: when it acts, what it does, and what a save changed in it."""

from collections.abc import Mapping, Sequence

from siac.cases.models import Channel, RoutingRule
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.organizations.public import Institution, Words, unit_tree

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


def version_words(institution: Institution, people: Mapping[int, str]) -> Words:
    """Return how the columns of a rule are worded in its history (no SQL when warm)."""
    units, named_topics, named_kinds = unit_tree(institution).nodes, topics(institution), kinds(institution)
    return {
        "kinds": lambda keys: _names(keys, {pk: kind.name for pk, kind in named_kinds.items()}),
        "channels": lambda codes: ", ".join(Channel(code).label for code in codes),
        "topics": lambda keys: _names(keys, {pk: topic.name for pk, topic in named_topics.items()}),
        "senders": lambda codes: ", ".join(_SENDERS[code] for code in codes),
        "set_topic_id": lambda pk: named_topics[pk].name if pk in named_topics else "",
        "set_unit_id": lambda pk: units[pk].name if pk in units else "",
        "set_assignee_id": lambda pk: people.get(pk, "quien ya no trabaja aquí"),
    }


def _names(keys: Sequence[int], named: Mapping[int, str]) -> str:
    return ", ".join(named[pk] for pk in keys if pk in named)
