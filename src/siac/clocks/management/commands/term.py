# SPDX-License-Identifier: EUPL-1.2
import json
import sys
from argparse import ArgumentParser
from datetime import date, time
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from siac.clocks.domain.amounts import Amount, parse_amount
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.starts import CHANNELS, DEFAULT_CLOSING
from siac.clocks.explanations import explain_term, term_json
from siac.clocks.factory import shipped_calendar
from siac.clocks.queries.calendars import calendar_for, layer_codes, layer_versions, place_of
from siac.clocks.texts import REFUSALS
from siac.countries.public import COUNTRIES
from siac.kernel.errors import Refused
from siac.organizations.public import zone_of

NO_CALENDARS = "La base de datos aún no tiene calendarios: se usó el calendario de fábrica."
BEGUN = (
    "Se supone que el procedimiento empezó el {day} o después; "
    "si empezó antes, esta regla no rige. Indíquelo con --begun."
)


class Command(BaseCommand):
    help = "Calcula un plazo y lo explica día por día, en JSON."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = _bad_arguments  # type: ignore[method-assign]  # one line and 2, without the usage text
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rule", metavar="REGLA", help="regla del país, p. ej. CL.SAIP")
        what.add_argument("--days", metavar="PLAZO", help="plazo sin regla: 30bd, 10cd, 3m, 24h")
        parser.add_argument(
            "--from", dest="since", required=True, metavar="FECHA", help="fecha del hecho (AAAA-MM-DD)"
        )
        parser.add_argument(
            "--place", required=True, help="CL, CL-AP, CL-16101, PE-LIM, ES-MD, ES-CT+08019, o varios"
        )
        parser.add_argument("--at", metavar="HH:MM", help="hora local del hecho")
        parser.add_argument("--channel", help=f"{', '.join(CHANNELS)} (web si no se indica)")
        parser.add_argument(
            "--closes",
            metavar="HH:MM",
            default=f"{DEFAULT_CLOSING:%H:%M}",
            help="cierre de la oficina (16:30)",
        )
        parser.add_argument("--extended", action="store_true", help="con la ampliación que permite la regla")
        parser.add_argument(
            "--asked", action="append", default=[], metavar="FECHA", help="se pidieron antecedentes"
        )
        parser.add_argument(
            "--answered", action="append", default=[], metavar="FECHA", help="llegaron (se repite)"
        )
        parser.add_argument(
            "--begun", metavar="FECHA", help="cuándo empezó el procedimiento, donde de eso depende la regla"
        )
        parser.add_argument(
            "--holidays-only", action="store_true", help="sin los días no laborables decretados"
        )

    def handle(self, **options: Any) -> None:
        try:
            found = _computed(options)
        except Refused as refusal:
            _stop(REFUSALS[refusal.code].format(**refusal.context))
        except CommandError as error:
            _stop(str(error))
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


def _bad_arguments(message: str) -> NoReturn:
    known = {
        "one of the arguments --rule --days is required": "Falta --rule o --days.",
        "argument --days: not allowed with argument --rule": "Use --rule o --days, no ambos.",
        "argument --rule: not allowed with argument --days": "Use --rule o --days, no ambos.",
    }
    needed = "the following arguments are required: "
    if message.startswith(needed):
        text = f"Falta {message.removeprefix(needed)}."
    else:
        text = known.get(message, f"No se entiende la orden ({message}). Vea: siac term --help")
    _stop(text)


def _stop(text: str) -> NoReturn:
    sys.stderr.write(text + "\n")
    sys.exit(2)


def _computed(options: dict[str, Any]) -> dict[str, Any]:
    place = place_of(options["place"])
    on = _date(options["since"], "--from")
    what: str | Amount = options["rule"] or parse_amount(options["days"])
    if options["extended"] and not options["rule"]:
        raise CommandError("--extended necesita --rule: un plazo sin regla no tiene ampliación.")
    calendar, warnings = _calendar(options["place"], decreed=not options["holidays_only"])
    by_procedure = bool(options["rule"]) and rule_book().latest(options["rule"]).by_procedure
    begun = _begun(options, on) if options["begun"] else None
    if begun and not by_procedure:
        raise CommandError("--begun solo sirve con una regla que depende de cuándo empezó el procedimiento.")
    event = Event(
        on,
        _zone(place.required),
        _at(options),
        options["channel"],
        _time(options["closes"], "--closes"),
        begun,
    )
    term = compute(
        rule_book(),
        calendar,
        what=what,
        country=place.country,
        event=event,
        extended=options["extended"],
        pauses=_pauses(options),
    )
    warnings += [each.words for each in COUNTRIES[place.country].counting.cautions if on < each.before]
    if by_procedure and begun is None and term.rule and term.rule.valid_from:
        warnings.append(BEGUN.format(day=f"{term.rule.valid_from:%d-%m-%Y}"))
    told = term_json(explain_term(term, calendar), place=options["place"])
    return {**told, "warnings": [*told["warnings"], *warnings]}


def _begun(options: dict[str, Any], on: date) -> date:
    begun = _date(options["begun"], "--begun")
    if begun > on:
        raise CommandError("--begun: el procedimiento no puede empezar después del hecho.")
    return begun


def _calendar(place: str, *, decreed: bool) -> tuple[WorkingCalendar, list[str]]:
    try:
        versions = layer_versions(layer_codes(place))
    except DatabaseError:  # no tables yet
        versions = {}
    if not versions:
        return shipped_calendar(place, decreed=decreed), [NO_CALENDARS]
    return calendar_for(place, decreed=decreed, versions=versions), []


def _zone(layers: tuple[str, ...]) -> ZoneInfo:
    """Return the zone of the first region that keeps another than its country, else that of the country."""
    zones = list(dict.fromkeys(map(zone_of, layers)))
    return ZoneInfo(zones[:2][-1])


def _pauses(options: dict[str, Any]) -> list[tuple[date, date]]:
    asked, answered = options["asked"], options["answered"]
    if len(asked) != len(answered):
        raise CommandError("--asked y --answered van juntos: uno por cada detención.")
    return [
        (_date(first, "--asked"), _date(last, "--answered"))
        for first, last in zip(asked, answered, strict=True)
    ]


def _date(text: str, option: str) -> date:
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option}: «{text}» no es una fecha. Escríbala como 2024-09-02.") from None


def _at(options: dict[str, Any]) -> time | None:
    return _time(options["at"], "--at") if options["at"] else None


def _time(text: str, option: str) -> time:
    try:
        if len(text) != 5:
            raise ValueError
        return time.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option}: «{text}» no es una hora. Escríbala como 16:30.") from None
