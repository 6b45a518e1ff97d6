# SPDX-License-Identifier: EUPL-1.2
"""The languages that pages can be in, beside Spanish, and how each writes a day. Plain Python."""

from collections.abc import Callable, Mapping
from datetime import date

SPANISH = "es"
NAMES: Mapping[str, str] = {
    SPANISH: "Castellano",
    "ca": "Català",
    "eu": "Euskara",
    "gl": "Galego",
    "qu": "Runasimi",
    "arn": "Mapudungun",
}
"""ISO 639 code -> its name in itself. Those beside Spanish have a folder in `ui/locale`."""
IN_SPANISH: Mapping[str, str] = {
    SPANISH: "castellano",
    "ca": "catalán o valenciano",
    "eu": "euskera",
    "gl": "gallego",
    "qu": "quechua",
    "arn": "mapudungun",
}
"""ISO 639 code -> its name as people of the house read it."""

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "ca": ("gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
           "novembre", "desembre"),
    "eu": ("urtarrilaren", "otsailaren", "martxoaren", "apirilaren", "maiatzaren", "ekainaren", "uztailaren",
           "abuztuaren", "irailaren", "urriaren", "azaroaren", "abenduaren"),
    "gl": ("xaneiro", "febreiro", "marzo", "abril", "maio", "xuño", "xullo", "agosto", "setembro", "outubro",
           "novembro", "decembro"),
}  # fmt: skip
_SHORT: Mapping[str, tuple[str, ...]] = {
    "ca": ("gen.", "febr.", "març", "abr.", "maig", "juny", "jul.", "ag.", "set.", "oct.", "nov.", "des."),
    "eu": ("urt.", "ots.", "mar.", "api.", "mai.", "eka.", "uzt.", "abu.", "ira.", "urr.", "aza.", "abe."),
    "gl": ("xan.", "feb.", "mar.", "abr.", "maio", "xuño", "xul.", "ago.", "set.", "out.", "nov.", "dec."),
}
_WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "ca": ("dilluns", "dimarts", "dimecres", "dijous", "divendres", "dissabte", "diumenge"),
    "eu": ("astelehena", "asteartea", "asteazkena", "osteguna", "ostirala", "larunbata", "igandea"),
    "gl": ("luns", "martes", "mércores", "xoves", "venres", "sábado", "domingo"),
}


def _catalan(day: date) -> str:
    month = _MONTHS["ca"][day.month - 1]
    return f"{day.day} {'d’' if month[0] in 'ao' else 'de '}{month} de {day.year}"


def _basque(day: date) -> str:
    return f"{day.year}ko {_MONTHS['eu'][day.month - 1]} {day.day}a"


def _galician(day: date) -> str:
    return f"{day.day} de {_MONTHS['gl'][day.month - 1]} de {day.year}"


LONG: Mapping[str, Callable[[date], str]] = {"ca": _catalan, "eu": _basque, "gl": _galician}
"""How a language writes a day in full; one that is not here has its days in Spanish."""


def long_day(language: str, day: date) -> str | None:
    """Return the day in full: «3 d’octubre de 2024», «2024ko urriaren 3a»; None where it is not known how."""
    return LONG[language](day) if language in LONG else None


def day_and_weekday(language: str, day: date) -> str | None:
    """Return the day with its weekday: «dijous 3 d’octubre de 2024», «2024ko urriaren 3a, osteguna»."""
    if language not in LONG:
        return None
    weekday, whole = _WEEKDAYS[language][day.weekday()], LONG[language](day)
    return f"{whole}, {weekday}" if language == "eu" else f"{weekday} {whole}"


def short_day(language: str, day: date) -> str | None:
    """Return the day without its year: «3 oct.», in Basque «urr. 3»; None where it is not known how."""
    if language not in LONG:
        return None
    month = _SHORT[language][day.month - 1]
    return f"{month} {day.day}" if language == "eu" else f"{day.day} {month}"
