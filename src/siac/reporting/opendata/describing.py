# SPDX-License-Identifier: EUPL-1.2
"""What programs read of published tables: a Frictionless package of each, and the catalogue as DCAT-AP."""

from collections.abc import Callable, Sequence
from typing import Any

from siac.infra.metrics import metric, source
from siac.organizations.public import Institution
from siac.reporting.domain.open_data import COMMITMENTS, LICENCES, RESULTS
from siac.reporting.models import Dataset, DatasetFile, EachLabel

CSV = "text/csv"
TITLES = {RESULTS: "Resultados de los indicadores", COMMITMENTS: "Cumplimiento de los compromisos"}
_TOLD = {
    RESULTS: (
        "Lo que cada indicador de la institución dijo de cada período: valor, meta y fórmula en palabras. Los"
        " resultados quedan fijos al terminar el período; una corrección posterior lleva otra revisión."
    ),
    COMMITMENTS: (
        "El registro de cada carta de servicios: cómo se cumplió cada compromiso en cada período cerrado, con"
        " su meta, y qué medidas se dieron a quienes no se les cumplió. Las solicitudes vencidas sin"
        " respuesta cuentan como no cumplidas."
    ),
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_EVERY = {EachLabel.MONTH: "MONTHLY", EachLabel.QUARTER: "QUARTERLY", EachLabel.YEAR: "ANNUAL"}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
}
Addresses = Callable[[str, str], str]
"""Where something of a table stands: `page`, `csv`, `package` or `catalogue`, and the name of the table."""


def told(dataset: Dataset, least: int) -> str:
    """Return what a table says, and what it does not: the definition, and that small groups are hidden."""
    said = _TOLD.get(dataset.what) or _defined(dataset)
    return f"{said} Solo períodos terminados; lo que cuenta menos de {least} casos se oculta."


def _defined(dataset: Dataset) -> str:
    """Return the definition of a metric; the title of a table whose metric an update took away: what was
    published of it stays readable.
    """
    try:
        of = metric(dataset.what)
        by = f" Por {source(of.of.source).dimension(dataset.by).title.lower()}." if dataset.by else ""
    except KeyError:
        return f"{dataset.title}."
    return f"{of.definition}{by}"


def package(institution: Institution, file: DatasetFile, at: Addresses) -> dict[str, Any]:
    """Return the Frictionless package of a table. No SQL."""
    dataset, licence = file.dataset, LICENCES[file.dataset.licence]
    return {
        "profile": "tabular-data-package",
        "name": dataset.slug,
        "id": at("page", dataset.slug),
        "title": dataset.title,
        "description": told(dataset, institution.smallest_group),
        "homepage": at("page", dataset.slug),
        "version": f"{dataset.version}.{file.digest[:12]}",
        "created": file.made_at.isoformat() if file.made_at else None,
        "licenses": [{"name": licence.code, "title": licence.title, "path": licence.url}],
        "sources": [{"title": institution.name, "path": at("page", "")}],
        "contributors": [{"title": institution.name, "role": "publisher"}],
        "updateFrequency": EachLabel(dataset.every).label,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": dataset.slug,
                "path": at("csv", dataset.slug),
                "format": "csv",
                "mediatype": CSV,
                "encoding": "utf-8",
                "bytes": file.size,
                "hash": f"sha256:{file.digest}",
                "dialect": {"delimiter": ";", "header": True, "quoteChar": '"', "doubleQuote": True},
                "schema": {"fields": file.fields, "missingValues": [""]},
            }
        ],
    }


def catalogue(institution: Institution, files: Sequence[DatasetFile], at: Addresses) -> dict[str, Any]:
    """Return the catalogue of a body as DCAT-AP 3 in JSON-LD. No SQL."""
    publisher = {
        "@id": f"{at('catalogue', '')}#organismo",
        "@type": "foaf:Agent",
        "foaf:name": _es(institution.name),
    }
    dates = [file.made_at for file in files if file.made_at]
    return {
        "@context": _CONTEXT,
        "@id": at("catalogue", ""),
        "@type": "dcat:Catalog",
        "dct:title": _es(f"Datos abiertos de {institution.name}"),
        "dct:description": _es(f"Cifras de atención ciudadana que publica {institution.name}."),
        "dct:publisher": publisher,
        "dct:language": _typed(f"{_AUTHORITY}/language/SPA", "dct:LinguisticSystem"),
        "dct:spatial": _place(institution),
        "foaf:homepage": _typed(at("page", ""), "foaf:Document"),
        "dcat:themeTaxonomy": _typed(f"{_AUTHORITY}/data-theme", "skos:ConceptScheme")
        | {"dct:title": _es("Temas de datos")},
        **({"dct:modified": _moment(max(dates).isoformat())} if dates else {}),
        "dcat:dataset": [_dataset(institution, file, at) for file in files],
    }


def _dataset(institution: Institution, file: DatasetFile, at: Addresses) -> dict[str, Any]:
    dataset = file.dataset
    found: dict[str, Any] = {
        "@id": at("page", dataset.slug),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{institution.slug}/{dataset.slug}",
        "dct:title": _es(dataset.title),
        "dct:description": _es(told(dataset, institution.smallest_group)),
        "dct:publisher": {"@id": f"{at('catalogue', '')}#organismo"},
        "dcat:contactPoint": _contact(institution),
        "dct:spatial": _place(institution),
        "dct:language": _typed(f"{_AUTHORITY}/language/SPA", "dct:LinguisticSystem"),
        "dcat:theme": _typed(f"{_AUTHORITY}/data-theme/GOVE", "skos:Concept")
        | {"skos:prefLabel": _es("Gobierno y sector público")},
        "dct:accrualPeriodicity": _typed(
            f"{_AUTHORITY}/frequency/{_EVERY[EachLabel(dataset.every)]}", "dct:Frequency"
        ),
        "dcat:distribution": _distribution(file, at),
    }
    if file.made_at:
        found["dct:modified"] = _moment(file.made_at.isoformat())
    if file.first and file.last:
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(file.first.isoformat()),
            "dcat:endDate": _day(file.last.isoformat()),
        }
    return found


def _distribution(file: DatasetFile, at: Addresses) -> dict[str, Any]:
    slug, licence = file.dataset.slug, LICENCES[file.dataset.licence]
    return {
        "@id": f"{at('page', slug)}#csv",
        "@type": "dcat:Distribution",
        "dct:title": _es(f"{file.dataset.title} (CSV)"),
        "dcat:accessURL": _typed(at("page", slug), "rdfs:Resource"),
        "dcat:downloadURL": _typed(at("csv", slug), "rdfs:Resource"),
        "dct:format": _typed(f"{_AUTHORITY}/file-type/CSV", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": _typed("https://www.iana.org/assignments/media-types/text/csv", "dct:MediaType"),
        "dct:license": _typed(licence.url, "dct:LicenseDocument") | {"dct:title": _es(licence.title)},
        "dct:conformsTo": _typed(at("package", slug), "dct:Standard")
        | {"dct:title": _es("Diccionario de datos (Frictionless)")},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _typed(
                "http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm"
            ),
            "spdx:checksumValue": {"@value": file.digest, "@type": "xsd:hexBinary"},
        },
    }


def _contact(institution: Institution) -> dict[str, Any]:
    contact: dict[str, Any] = {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": _es(institution.name),
        "vcard:organization-name": _es(institution.name),
    }
    if institution.email:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{institution.email}"}
    return contact


def _place(institution: Institution) -> dict[str, Any]:
    """Return where the figures are of: its seat as the calendar of the country names it (ISO 3166)."""
    return {
        "@type": "dct:Location",
        "skos:prefLabel": _es(institution.country.name),
        "dct:identifier": institution.place,
    }


def _typed(address: str, kind: str) -> dict[str, Any]:
    return {"@id": address, "@type": kind}


def _es(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "es"}


def _moment(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:dateTime"}


def _day(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:date"}
