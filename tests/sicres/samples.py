# SPDX-License-Identifier: EUPL-1.2
"""Files of exchange, invented: shaped as the schema has it, about nobody."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

OFFICE, UNIT, OTHER = "O00001234", "L01280796", "O00009876"
IDENTIFIER = f"{OTHER}_26_00000042"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def b64(content: bytes) -> str:
    """Return content as it stands in a file."""
    return base64.b64encode(content).decode()


def annex(name: str = "plano.pdf", content: bytes = PDF, *, embedded: bool = True, **changes: str) -> str:
    """Return the segment of a file; `changes` take the place of fields."""
    fields = {
        "Nombre_Fichero_Anexado": name,
        "Identificador_Fichero": f"{IDENTIFIER}_01_0001.pdf",
        "Tipo_Documento": "02",
        "Hash": b64(hashlib.sha256(content).digest()),
        **({"Anexo": b64(content)} if embedded else {}),
        **changes,
    }
    return f"<De_Anexo>{fields_xml(fields)}</De_Anexo>"


def fields_xml(fields: Mapping[str, str]) -> str:
    """Return fields in their order."""
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())


def exchange(
    *, annexes: Sequence[str] = (), without: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>',
    encoding: str = "utf-8", **changes: str,
) -> bytes:  # fmt: skip
    """Return a file of exchange; `changes` take the place of fields, `without` leaves out."""
    segments: dict[str, dict[str, str]] = {
        "De_Origen_o_Remitente": {
            "Codigo_Entidad_Registral_Origen": OTHER,
            "Decodificacion_Entidad_Registral_Origen": "Registro de Vega Alta",
            "Numero_Registro_Entrada": "REGAGE26e0000042",
            "Fecha_Hora_Entrada": "20260901093000",
        },
        "De_Destino": {
            "Codigo_Entidad_Registral_Destino": OFFICE,
            "Codigo_Unidad_Tramitacion_Destino": UNIT,
        },
        "De_Interesado": {
            "Tipo_Documento_Identificacion_Interesado": "N",
            "Documento_Identificacion_Interesado": "12345678Z",
            "Nombre_Interesado": "Elena",
            "Primer_Apellido_Interesado": "Ñíguez",
            "Segundo_Apellido_Interesado": "Prado",
            "Direccion_Interesado": "Calle Inventada 3",
            "Codigo_Postal_Interesado": "28001",
            "Correo_Electronico_Interesado": "elena@ejemplo.org",
            "Telefono_Contacto_Interesado": "612345678",
        },
        "De_Asunto": {"Resumen": "Farola apagada en la plaza"},
        "De_Internos_Control": {
            "Identificador_Intercambio": IDENTIFIER,
            "Tipo_Anotacion": "02",
            "Tipo_Registro": "0",
            "Documentacion_Fisica": "3",
            "Indicador_Prueba": "0",
            "Codigo_Entidad_Registral_Inicio": OTHER,
        },
        "De_Formulario_Generico": {"Expone": "La farola lleva un mes apagada.", "Solicita": "Que se repare."},
    }
    parts = []
    for segment, fields in segments.items():
        told = {name: changes.get(name, value) for name, value in fields.items() if name != without}
        if segment != without:
            parts.append(f"<{segment}>{fields_xml(told)}</{segment}>")
        if segment == "De_Asunto":
            parts.extend(annexes)
    name = "Fichero_Intercambio_SICRES_3"
    return f"{head}<{name}>{''.join(parts)}</{name}>".encode(encoding)


def message(kind: str, identifier: str, *, without: str = "", **changes: str) -> bytes:
    """Return a message of the other office about an exchange."""
    fields = {
        "Codigo_Entidad_Registral_Origen": OTHER,
        "Codigo_Entidad_Registral_Destino": OFFICE,
        "Identificador_Intercambio": identifier,
        "Tipo_Mensaje": kind,
        "Descripcion_Mensaje": "Dicho por el otro registro",
        "Numero_Registro_Entrada_Destino": "REGAGE26e0000777",
        "Fecha_Hora_Entrada_Destino": "20260908101500",
        "Indicador_Prueba": "0",
    }
    told = {name: changes.get(name, value) for name, value in fields.items() if name != without}
    return f"<De_Mensaje>{fields_xml(told)}</De_Mensaje>".encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
