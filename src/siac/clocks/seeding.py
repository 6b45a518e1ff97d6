# SPDX-License-Identifier: EUPL-1.2
"""The calendars that ship with the product: the `holidays` package, corrected.

The only module that imports `holidays`: it is heavy, so web workers never load this one.
"""

from collections.abc import Iterator
from datetime import date

import holidays

from siac.clocks.domain.places import SPAIN_PROVINCES
from siac.clocks.domain.seeds import FIRST, LAST, SeedDay, SeedLayer

YEARS = range(FIRST.year, LAST.year + 1)
COUNTRIES = {"CL": "Chile", "PE": "Perú", "ES": "España"}
REGION_NAMES = {
    "CL-AP": "Arica y Parinacota", "CL-TA": "Tarapacá", "CL-AN": "Antofagasta", "CL-AT": "Atacama",
    "CL-CO": "Coquimbo", "CL-VS": "Valparaíso", "CL-RM": "Metropolitana de Santiago", "CL-LI": "O'Higgins",
    "CL-ML": "Maule", "CL-NB": "Ñuble", "CL-BI": "Biobío", "CL-AR": "La Araucanía", "CL-LR": "Los Ríos",
    "CL-LL": "Los Lagos", "CL-AI": "Aysén", "CL-MA": "Magallanes",
    "PE-AMA": "Amazonas", "PE-ANC": "Áncash", "PE-APU": "Apurímac", "PE-ARE": "Arequipa", "PE-AYA": "Ayacucho",
    "PE-CAJ": "Cajamarca", "PE-CAL": "Callao", "PE-CUS": "Cusco", "PE-HUC": "Huánuco", "PE-HUV": "Huancavelica",
    "PE-ICA": "Ica", "PE-JUN": "Junín", "PE-LAL": "La Libertad", "PE-LAM": "Lambayeque",
    "PE-LIM": "Lima (departamento)", "PE-LMA": "Lima (provincia)", "PE-LOR": "Loreto", "PE-MDD": "Madre de Dios",
    "PE-MOQ": "Moquegua", "PE-PAS": "Pasco", "PE-PIU": "Piura", "PE-PUN": "Puno", "PE-SAM": "San Martín",
    "PE-TAC": "Tacna", "PE-TUM": "Tumbes", "PE-UCA": "Ucayali",
    "ES-AN": "Andalucía", "ES-AR": "Aragón", "ES-AS": "Asturias", "ES-CB": "Cantabria", "ES-CE": "Ceuta",
    "ES-CL": "Castilla y León", "ES-CM": "Castilla-La Mancha", "ES-CN": "Canarias", "ES-CT": "Cataluña",
    "ES-EX": "Extremadura", "ES-GA": "Galicia", "ES-IB": "Illes Balears", "ES-MC": "Región de Murcia",
    "ES-MD": "Comunidad de Madrid", "ES-ML": "Melilla", "ES-NC": "Navarra", "ES-PV": "País Vasco",
    "ES-RI": "La Rioja", "ES-VC": "Comunitat Valenciana",
}  # fmt: skip
CHILLAN = {"CL-16101": "Chillán", "CL-16103": "Chillán Viejo"}
_LIST = "Calendario oficial de feriados (lista del paquete holidays)"
_PERU_DECREED = (
    ("2024-01-02", "DS 151-2022-PCM"), ("2024-07-26", "DS 011-2024-PCM"), ("2024-10-07", "DS 011-2024-PCM"),
    ("2024-12-06", "DS 011-2024-PCM"), ("2024-12-23", "DS 011-2024-PCM"), ("2024-12-24", "DS 011-2024-PCM"),
    ("2024-12-30", "DS 011-2024-PCM"), ("2024-12-31", "DS 011-2024-PCM"), ("2025-05-02", "DS 042-2025-PCM"),
    ("2025-12-26", "DS 042-2025-PCM"), ("2026-01-02", "DS 042-2025-PCM"),
)  # fmt: skip
_LIMA_DECREED = ("2024-11-14", "2024-11-15", "2024-11-16")
_NO_WORK = "Día no laborable en el sector público"


def seed_layers() -> Iterator[SeedLayer]:
    """Yield every shipped layer: countries, regions, and the communes and municipalities with known days."""
    for country, name in COUNTRIES.items():
        national = _listed(country, None)
        decreed = tuple(_decreed(day, source) for day, source in _PERU_DECREED) if country == "PE" else ()
        yield SeedLayer(country, name, country, "country", _rows(national) + decreed)
        for code, region in REGION_NAMES.items():
            if code.startswith(f"{country}-"):
                yield SeedLayer(code, region, country, "region", _region_days(code, national))
    yield from _chillan()
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


def _region_days(code: str, national: dict[date, str]) -> tuple[SeedDay, ...]:
    country, region = code.split("-")
    if country == "PE":
        # Lima province is in the department; APEC 2024 closed both and Callao.
        lima = region in ("LIM", "LMA", "CAL")
        return tuple(_decreed(day, "DS 110-2024-PCM") for day in _LIMA_DECREED) if lima else ()
    if code == "CL-NB":
        return ()  # its day belongs to two communes, not to the region
    return _rows({day: name for day, name in _listed(country, region).items() if day not in national})


def _chillan() -> Iterator[SeedLayer]:
    national = _listed("CL", None)
    local = {day: name for day, name in _listed("CL", "NB").items() if day not in national}
    for code, name in CHILLAN.items():
        yield SeedLayer(code, name, "CL", "commune", _rows(local))


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
        "ES-28079", "Madrid (municipio)", "ES", "municipality", _rows(days, source, "interpretation")
    )


def _barcelona() -> SeedLayer:
    region = _listed("ES", SPAIN_PROVINCES["08"])
    local = {day: name for day, name in _listed("ES", "Barcelona").items() if day not in region}
    source = (
        "Fiestas locales de Barcelona (lista del paquete holidays); confirme cada año en el boletín oficial"
    )
    return SeedLayer(
        "ES-08019", "Barcelona (municipio)", "ES", "municipality", _rows(local, source, "interpretation")
    )
