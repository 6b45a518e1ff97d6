# SPDX-License-Identifier: EUPL-1.2
"""The calendars that ship with the product: the `holidays` package, corrected.

The only module that imports `holidays`: it is heavy, so web workers never load this one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import holidays

from siac.clocks.domain.calendar import Claim
from siac.clocks.domain.places import SPAIN_PROVINCES
from siac.clocks.domain.seeds import FIRST, LAST, SeedDay, SeedLayer
from siac.organizations.public import Jurisdiction

YEARS = range(FIRST.year, LAST.year + 1)
REGION_NAMES = {
    "CL-AP": "Arica y Parinacota",
    "CL-TA": "Tarapacá",
    "CL-AN": "Antofagasta",
    "CL-AT": "Atacama",
    "CL-CO": "Coquimbo",
    "CL-VS": "Valparaíso",
    "CL-RM": "Metropolitana de Santiago",
    "CL-LI": "O'Higgins",
    "CL-ML": "Maule",
    "CL-NB": "Ñuble",
    "CL-BI": "Biobío",
    "CL-AR": "La Araucanía",
    "CL-LR": "Los Ríos",
    "CL-LL": "Los Lagos",
    "CL-AI": "Aysén",
    "CL-MA": "Magallanes",
    "PE-AMA": "Amazonas",
    "PE-ANC": "Áncash",
    "PE-APU": "Apurímac",
    "PE-ARE": "Arequipa",
    "PE-AYA": "Ayacucho",
    "PE-CAJ": "Cajamarca",
    "PE-CAL": "Callao",
    "PE-CUS": "Cusco",
    "PE-HUC": "Huánuco",
    "PE-HUV": "Huancavelica",
    "PE-ICA": "Ica",
    "PE-JUN": "Junín",
    "PE-LAL": "La Libertad",
    "PE-LAM": "Lambayeque",
    "PE-LIM": "Lima (departamento)",
    "PE-LMA": "Lima (provincia)",
    "PE-LOR": "Loreto",
    "PE-MDD": "Madre de Dios",
    "PE-MOQ": "Moquegua",
    "PE-PAS": "Pasco",
    "PE-PIU": "Piura",
    "PE-PUN": "Puno",
    "PE-SAM": "San Martín",
    "PE-TAC": "Tacna",
    "PE-TUM": "Tumbes",
    "PE-UCA": "Ucayali",
    "ES-AN": "Andalucía",
    "ES-AR": "Aragón",
    "ES-AS": "Asturias",
    "ES-CB": "Cantabria",
    "ES-CE": "Ceuta",
    "ES-CL": "Castilla y León",
    "ES-CM": "Castilla-La Mancha",
    "ES-CN": "Canarias",
    "ES-CT": "Cataluña",
    "ES-EX": "Extremadura",
    "ES-GA": "Galicia",
    "ES-IB": "Illes Balears",
    "ES-MC": "Región de Murcia",
    "ES-MD": "Comunidad de Madrid",
    "ES-ML": "Melilla",
    "ES-NC": "Navarra",
    "ES-PV": "País Vasco",
    "ES-RI": "La Rioja",
    "ES-VC": "Comunitat Valenciana",
}
CHILLAN = {"CL-16101": "Chillán", "CL-16103": "Chillán Viejo"}
_LIST = "Calendario oficial de feriados (lista del paquete holidays)"
_CHILE_ONCE = {
    "CL-TA": ("2023-08-10", "Feriado regional de 2023", "Ley 21.598"),
    "CL-AT": ("2023-08-10", "Feriado regional de 2023", "Ley 21.598"),
    "CL-AN": ("2023-09-08", "Feriado regional de 2023", "Ley 21.609"),
    "CL-CO": ("2023-09-20", "Feriado regional de 2023", "Ley 21.609"),
}
"""Days off that a law gave one region, once."""
_PERU_DECREED = (
    ("2023-01-02", "DS 151-2022-PCM"), ("2023-04-28", "DS 151-2022-PCM"), ("2023-06-30", "DS 151-2022-PCM"),
    ("2023-07-27", "DS 151-2022-PCM"), ("2023-10-09", "DS 151-2022-PCM"), ("2023-12-07", "DS 151-2022-PCM"),
    ("2023-12-26", "DS 151-2022-PCM"),
    ("2024-01-02", "DS 151-2022-PCM"), ("2024-07-26", "DS 011-2024-PCM"), ("2024-10-07", "DS 011-2024-PCM"),
    ("2024-12-06", "DS 011-2024-PCM"), ("2024-12-23", "DS 011-2024-PCM"), ("2024-12-24", "DS 011-2024-PCM"),
    ("2024-12-30", "DS 011-2024-PCM"), ("2024-12-31", "DS 011-2024-PCM"), ("2025-05-02", "DS 042-2025-PCM"),
    ("2025-12-26", "DS 042-2025-PCM"), ("2026-01-02", "DS 042-2025-PCM"),
)  # fmt: skip
_APEC = ("2024-11-14", "2024-11-15", "2024-11-16")
_APEC_PLACES = ("PE-LMA", "PE-CAL")
HUARAL = "PE-1506"
_CHILE_REGIONS = Claim(
    date(2019, 1, 1),
    "entre 2011 y 2018 hubo leyes de feriados de una sola región y de una sola vez que no están cargadas.",
)
_PERU = Claim(date(2023, 1, 1), "no están cargados los días no laborables decretados antes de 2023.")
_GAZETTED = date(2026, 12, 31)
"""Last day whose regional and local feasts of Spain are published."""
_NO_WORK = "Día no laborable en el sector público"


def seed_layers() -> Iterator[SeedLayer]:
    """Yield every shipped layer: countries, regions, and the communes and municipalities with known days."""
    for country, name in Jurisdiction.choices:
        national = _listed(country, None)
        decreed = tuple(_decreed(day, source) for day, source in _PERU_DECREED) if country == "PE" else ()
        whole = _PERU if country == "PE" else Claim()
        yield SeedLayer(country, name, country, "country", _rows(national) + decreed, whole)
        for code, region in REGION_NAMES.items():
            if code.startswith(f"{country}-"):
                yield _region(code, region, national)
    yield from _chillan()
    yield SeedLayer(HUARAL, "Huaral (provincia)", "PE", "municipality", _apec(), _PERU)
    yield _madrid()
    yield _barcelona()


def _listed(country: str, subdivision: str | None) -> dict[date, str]:
    # Only the public category: 31 December is a bank holiday in Chile, and a business day.
    found = holidays.country_holidays(
        country, subdiv=subdivision, years=YEARS, language="es", categories=("public",)
    )
    return dict(sorted(found.items()))


def _rows(days: dict[date, str], source: str = _LIST, basis: str = "verified") -> tuple[SeedDay, ...]:
    return tuple(SeedDay(day, name[:120], "holiday", source, basis) for day, name in days.items())


def _decreed(day: str, source: str) -> SeedDay:
    return SeedDay(date.fromisoformat(day), _NO_WORK, "decreed", source, "verified")


def _region(code: str, name: str, national: dict[date, str]) -> SeedLayer:
    country, region = code.split("-")
    if country == "PE":
        # The days of APEC 2024 were for metropolitan Lima, Callao and Huaral, not for the department of Lima.
        days = _apec() if code in _APEC_PLACES else ()
        return SeedLayer(
            code,
            name,
            country,
            "region",
            days,
            _PERU,
            tuple(map(date.fromisoformat, _APEC)) if code == "PE-LIM" else (),
        )
    if code == "CL-NB":
        return SeedLayer(code, name, country, "region", (), _CHILE_REGIONS)  # its day belongs to two communes
    days = _rows({day: word for day, word in _listed(country, region).items() if day not in national})
    if country == "ES":
        return SeedLayer(code, name, country, "region", _spanish(days), _pending(name))
    if code in _CHILE_ONCE:
        day, word, law = _CHILE_ONCE[code]
        days += (SeedDay(date.fromisoformat(day), word, "holiday", law, "verified"),)
    return SeedLayer(code, name, country, "region", days, _CHILE_REGIONS)


def _apec() -> tuple[SeedDay, ...]:
    source = "DS 110-2024-PCM, según la prensa: solo Lima Metropolitana, Callao y Huaral"
    return tuple(
        SeedDay(date.fromisoformat(day), _NO_WORK, "decreed", source, "interpretation") for day in _APEC
    )


def _pending(name: str) -> Claim:
    return Claim(confirmed_to=_GAZETTED, pending=(name,))


def _spanish(days: tuple[SeedDay, ...]) -> tuple[SeedDay, ...]:
    """Return regional or local days of Spain: those of a year that no gazette
    has published yet are not verified.
    """
    return tuple(replace(day, basis="unverified") if day.date > _GAZETTED else day for day in days)


def _chillan() -> Iterator[SeedLayer]:
    national = _listed("CL", None)
    local = {day: name for day, name in _listed("CL", "NB").items() if day not in national}
    for code, name in CHILLAN.items():
        yield SeedLayer(code, name, "CL", "commune", _rows(local), _CHILE_REGIONS)


def _madrid() -> SeedLayer:
    days: dict[date, str] = {}
    for year in YEARS:
        for month, day, name in ((5, 15, "San Isidro Labrador"), (11, 9, "Nuestra Señora de la Almudena")):
            feast = date(year, month, day)
            # A local day off that falls on a Sunday is kept on the Monday after it.
            moved = feast.weekday() == 6
            days[date.fromordinal(feast.toordinal() + moved)] = name + (" (lunes siguiente)" if moved else "")
    source = "Fiestas locales de Madrid según su regla habitual; confirme cada año en el boletín oficial"
    return SeedLayer(
        "ES-28079",
        "Madrid (municipio)",
        "ES",
        "municipality",
        _spanish(_rows(days, source, "interpretation")),
        _pending("Madrid (municipio)"),
    )


def _barcelona() -> SeedLayer:
    region = _listed("ES", SPAIN_PROVINCES["08"])
    local = {day: name for day, name in _listed("ES", "Barcelona").items() if day not in region}
    source = (
        "Fiestas locales de Barcelona (lista del paquete holidays); confirme cada año en el boletín oficial"
    )
    return SeedLayer(
        "ES-08019",
        "Barcelona (municipio)",
        "ES",
        "municipality",
        _spanish(_rows(local, source, "interpretation")),
        _pending("Barcelona (municipio)"),
    )
