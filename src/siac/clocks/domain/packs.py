# SPDX-License-Identifier: EUPL-1.2
"""Strict reader of rule packs (TOML): an unknown or missing key stops the reading and names the place."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from siac.clocks.domain.amounts import Amount, parse_amount
from siac.clocks.domain.rules import (
    BASES,
    CORRECTION_EFFECTS,
    EVENTS,
    LAPSES,
    OUTCOMES,
    ROLES,
    SILENCE_EFFECTS,
    THIRD_PARTY_EFFECTS,
    Appeal,
    Correction,
    Decision,
    Extension,
    Ground,
    Rule,
    RuleBook,
)
from siac.clocks.domain.starts import ANSWER, CHANNELS, Shift, ShiftStep, StartPolicy
from siac.countries.public import COUNTRIES, RULES
from siac.kernel.errors import Refused


class BadPack(Exception):
    """A pack breaks the format; the message names file, rule and key."""


class _Table:
    """A TOML table that knows where it stands and reports keys nobody read."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self._data, self.where, self._seen = data, where, set[str]()

    def take(self, key: str, kind: type, default: Any = ...) -> Any:
        self._seen.add(key)
        value = self._data.get(key, default)
        if value is ...:
            raise BadPack(f"{self.where}: falta «{key}»")
        if value is not default and type(value) is not kind:  # bool is an int, so no isinstance
            raise BadPack(f"{self.where}: «{key}» debe ser {kind.__name__}")
        return value

    def word(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> str:
        value: str = self.take(key, str, default)
        if value not in allowed:
            raise BadPack(f"{self.where}: «{key}» = {value!r} no está entre {', '.join(allowed)}")
        return value

    def amount(self, key: str) -> Amount | None:
        text = self.take(key, str, None)
        try:
            return parse_amount(text) if text is not None else None
        except Refused:
            raise BadPack(f"{self.where}: «{key}» = {text!r} no es un plazo") from None

    def table(self, key: str) -> "_Table | None":
        data = self.take(key, dict, None)
        return _Table(data, f"{self.where}.{key}") if data is not None else None

    def tables(self, key: str) -> "list[_Table]":
        return [_Table(data, f"{self.where}.{key}[{n}]") for n, data in enumerate(self.take(key, list, []))]

    def fill(self, other: "_Table") -> None:
        """Take what this table does not say from another: all but which version
        it is and, if it says one, its validity.
        """
        own = {
            "like",
            "version",
            "withdrawn",
            *(("valid_from", "valid_to") if "valid_from" in self._data else ()),
        }
        self._data = {key: value for key, value in other._data.items() if key not in own} | dict(self._data)

    def done(self) -> None:
        unknown = sorted(set(self._data) - self._seen)
        if unknown:
            raise BadPack(f"{self.where}: clave desconocida «{unknown[0]}»")


def parse_pack(text: str, name: str) -> tuple[list[Rule], dict[str, StartPolicy]]:
    """Read one pack; return its rules and its country's general start policy.

    Raises:
        BadPack: unknown or missing key, wrong type or word, repeated version, empty validity.
    """
    try:
        pack = _Table(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise BadPack(f"{name}: {error}") from None
    country = pack.word("country", tuple(COUNTRIES))
    starts = {table.take("id", str): _policy(table) for table in pack.tables("start")}
    general = _known(pack, "general_start", starts)
    grounds = {table.take("id", str): _grounds(table, country) for table in pack.tables("grounds")}
    rules = [_rule(table, country, starts, grounds) for table in _filled(pack.tables("rule"))]
    pack.done()
    seen = set[tuple[str, int]]()
    for rule in rules:
        if (rule.id, rule.version) in seen:
            raise BadPack(f"{name}: {rule.id} versión {rule.version} está dos veces")
        seen.add((rule.id, rule.version))
    return rules, {country: general}


def _policy(table: _Table) -> StartPolicy:
    steps: dict[str, list[ShiftStep]] = {channel: [] for channel in (*CHANNELS, ANSWER)}
    for row in table.tables("steps"):
        step = ShiftStep(
            Shift(row.word("shift", tuple(Shift))),
            row.take("valid_from", date, None),
            row.take("valid_to", date, None),
            row.take("why", str, ""),
        )
        for channel in row.take("channels", list):
            if channel not in steps:
                raise BadPack(f"{row.where}: canal desconocido {channel!r}")
            steps[channel].append(step)
        row.done()
    table.done()
    return steps


def _known(table: _Table, key: str, starts: Mapping[str, StartPolicy]) -> StartPolicy:
    name = table.take(key, str)
    if name not in starts:
        raise BadPack(f"{table.where}: no existe el inicio {name!r}")
    return starts[name]


def _filled(tables: "list[_Table]") -> "list[_Table]":
    """Give a version written `like` another of its rule all that it does not say itself."""
    raw = {(table.take("id", str), table.take("version", int, 1)): table for table in tables}
    for table in tables:
        like = table.take("like", int, None)
        if like is None:
            continue
        other = raw.get((table.take("id", str), like))
        if other is None or other.take("like", int, None) is not None:
            raise BadPack(f"{table.where}: no hay una versión {like} completa")
        table.fill(other)
    return tables


def _grounds(table: _Table, country: str) -> tuple[Ground, ...]:
    found = []
    for row in table.tables("ground"):
        ground = Ground(
            row.take("id", str),
            row.take("article", str),
            row.take("words", str),
            row.word("basis", BASES),
            row.take("note", str, ""),
            row.take("reserve", str, ""),
        )
        row.done()
        if not ground.id.startswith(f"{country}."):
            raise BadPack(f"{row.where}: el identificador debe empezar por {country}.")
        if ground.basis != "verified" and not ground.note:
            raise BadPack(f"{row.where}: una causal no verificada debe decir por qué en «note»")
        found.append(ground)
    table.done()
    if len({ground.id for ground in found}) != len(found):
        raise BadPack(f"{table.where}: una causal está dos veces")
    return tuple(found)


def _named_grounds(table: _Table, known: Mapping[str, tuple[Ground, ...]]) -> tuple[Ground, ...]:
    name = table.take("grounds", str, None)
    if name is not None and name not in known:
        raise BadPack(f"{table.where}: no existen las causales {name!r}")
    return known[name] if name is not None else ()


def _decision(row: _Table) -> Decision:
    decision = Decision(row.word("code", OUTCOMES), row.take("words", str), row.take("measures", bool, False))
    row.done()
    return decision


def _rule(
    table: _Table,
    country: str,
    starts: Mapping[str, StartPolicy],
    grounds: Mapping[str, tuple[Ground, ...]],
) -> Rule:
    table.where = f"{country}: {table.take('id', str)}"
    rule = Rule(
        id=table.take("id", str),
        version=table.take("version", int, 1),
        country=country,
        name=table.take("name", str),
        article=table.take("article", str, ""),
        source=table.take("source", str),
        amount=table.amount("amount"),
        event=table.word("event", EVENTS),
        start=_known(table, "start", starts),
        basis=table.word("basis", BASES),
        note=table.take("note", str, ""),
        roll=table.take("roll", bool, True),
        valid_from=table.take("valid_from", date, None),
        valid_to=table.take("valid_to", date, None),
        extension=_optional(table.table("extension"), _extension),
        correction=_optional(table.table("correction"), _correction),
        information=_optional(table.table("information"), _correction),
        silence=table.take("silence", str, ""),
        silence_effect=table.word("silence_effect", SILENCE_EFFECTS, "none"),
        related=table.take("related", dict, {}),
        succeeded_by=table.take("succeeded_by", str, ""),
        ceiling=table.amount("ceiling"),
        third_party_effect=table.word("third_party_effect", ("", *THIRD_PARTY_EFFECTS), ""),
        appeals=tuple(_appeal(row) for row in table.tables("appeal")),
        outcomes=tuple(_decision(row) for row in table.tables("outcome")),
        grounds=_named_grounds(table, grounds),
        by_procedure=table.take("by_procedure", bool, False),
        safe_nominal=table.take("safe_nominal", bool, False),
        withdrawn=table.take("withdrawn", str, ""),
    )
    table.done()
    _check(rule, table.where)
    return rule


def _check(rule: Rule, where: str) -> None:
    if not rule.id.startswith(f"{rule.country}."):
        raise BadPack(f"{where}: el identificador debe empezar por {rule.country}.")
    if rule.basis != "verified" and not rule.note:
        raise BadPack(f"{where}: una regla no verificada debe decir por qué en «note»")
    if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
        raise BadPack(f"{where}: la vigencia termina antes de empezar")
    unknown = sorted(set(rule.related) - set(ROLES))
    if unknown:
        raise BadPack(f"{where}: no existe el papel «{unknown[0]}»")
    longer = rule.extension.total if rule.extension else None
    if longer and (
        rule.amount is None or longer.unit is not rule.amount.unit or longer.number <= rule.amount.number
    ):
        raise BadPack(f"{where}: el plazo ampliado debe ser mayor y en la misma unidad")


def _optional(table: _Table | None, read: Callable[[_Table], Any]) -> Any:
    return None if table is None else read(table)


def _required(table: _Table, key: str) -> Amount:
    amount = table.amount(key)
    if amount is None:
        raise BadPack(f"{table.where}: falta «{key}»")
    return amount


def _extension(table: _Table) -> Extension:
    extension = Extension(
        table.amount("total"),
        table.take("condition", str),
        table.take("last_moment", str),
        table.amount("notice"),
    )
    table.done()
    return extension


def _correction(table: _Table) -> Correction:
    correction = Correction(
        _required(table, "amount"),
        table.word("effect", CORRECTION_EFFECTS),
        table.take("lapse", str),
        table.word("outcome", LAPSES),
        table.take("declared", bool, False),
        table.amount("asked_within"),
    )
    table.done()
    return correction


def _appeal(table: _Table) -> Appeal:
    appeal = Appeal(
        table.take("body", str),
        table.amount("amount"),
        table.take("counted_from", str, ""),
        table.word("against", ("any", "denial", "silence"), "any"),
    )
    table.done()
    return appeal


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Return all rules shipped with the product, read once per process."""
    rules: list[Rule] = []
    general: dict[str, StartPolicy] = {}
    for country in COUNTRIES.values():
        name = f"{country.folder}/{RULES}"
        found, start = parse_pack(country.read(RULES), name)
        if list(start) != [country.code]:
            raise BadPack(f"{name}: «country» debe ser {country.code}")
        rules += found
        general |= start
    known = {rule.id for rule in rules}
    for rule in rules:
        heir = {"sucesora": rule.succeeded_by} if rule.succeeded_by else {}
        for role, other in {**rule.related, **heir}.items():
            if other not in known:
                raise BadPack(f"{rule.id}: la regla «{other}» ({role}) no existe")
    return RuleBook(rules, general)
