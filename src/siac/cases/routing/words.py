# SPDX-License-Identifier: EUPL-1.2
"""A routing rule in words: when it acts, what it does, and what a save changed in it."""

from collections.abc import Mapping, Sequence

from siac.cases.models import Channel, RoutingRule
from siac.cases.queries import kinds_named, topics_named, unit_names
from siac.organizations.public import Institution, Words

_SENDERS = {"natural": "una persona", "legal": "una organización", "anonymous": "alguien anónimo"}


def when_words(institution: Institution, rule: RoutingRule) -> list[str]:
    """Return what must hold, one sentence a condition; "Siempre" where there is none (no SQL when warm)."""
    kinds_by_key, named = kinds_named(institution), topics_named(institution)
    parts = [
        ("El texto dice", _lines(rule.words)),
        ("El lugar dice", _lines(rule.places)),
        ("Responde", _lines(rule.answers.replace("|", ":"))),
        ("Tipo", [kinds_by_key[pk] for pk in rule.kinds if pk in kinds_by_key]),
        ("Canal", [Channel(code).label for code in rule.channels]),
        ("Tema", [named[pk] for pk in rule.topics if pk in named]),
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
    units, named = unit_names(institution), topics_named(institution)
    found = []
    if rule.set_unit_id:
        found.append(f"Deriva a {units[rule.set_unit_id]}")
    if rule.in_turn:
        found.append("Asigna por turno")
    if rule.set_assignee_id:
        found.append(f"Asigna a {people.get(rule.set_assignee_id, 'quien ya no trabaja aquí')}")
    if rule.set_topic_id:
        found.append(f"Pone el tema {named[rule.set_topic_id]}")
    if rule.set_restricted:
        found.append("La hace reservada")
    return found


def version_words(institution: Institution, people: Mapping[int, str]) -> Words:
    """Return how the columns of a rule are worded in its history (no SQL when warm)."""
    units, named, kinds_by_key = unit_names(institution), topics_named(institution), kinds_named(institution)
    return {
        "kinds": lambda keys: _names(keys, kinds_by_key),
        "channels": lambda codes: ", ".join(Channel(code).label for code in codes),
        "topics": lambda keys: _names(keys, named),
        "senders": lambda codes: ", ".join(_SENDERS[code] for code in codes),
        "set_topic_id": lambda pk: named.get(pk, ""),
        "set_unit_id": lambda pk: units.get(pk, ""),
        "set_assignee_id": lambda pk: people.get(pk, "quien ya no trabaja aquí"),
    }


def _names(keys: Sequence[int], named: Mapping[int, str]) -> str:
    return ", ".join(named[pk] for pk in keys if pk in named)
