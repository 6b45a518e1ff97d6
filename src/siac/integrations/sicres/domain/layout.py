# SPDX-License-Identifier: EUPL-1.2
"""Segments, fields and codes of SICRES 3.0: NTI «Modelo de datos para el intercambio de asientos entre las
entidades registrales», Resolución de 19 de julio de 2011 (BOE of 30 July 2011), and its two schemas.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

CLOCK = ZoneInfo("Europe/Madrid")
"""Entries and messages do not say where their clock stands; nearly all offices are on the peninsula. What
comes is read by it, and what goes out is written by it, also for a body in the Canaries.
"""
EXCHANGE, MESSAGE = "Fichero_Intercambio_SICRES_3", "De_Mensaje"
ORIGIN, DESTINATION, PERSON = "De_Origen_o_Remitente", "De_Destino", "De_Interesado"
SUBJECT, ANNEX, CONTROL, FORM = "De_Asunto", "De_Anexo", "De_Internos_Control", "De_Formulario_Generico"
SEGMENTS = (ORIGIN, DESTINATION, PERSON, SUBJECT, ANNEX, CONTROL, FORM)
"""In the order in which they stand."""
REPEATED = frozenset({PERSON, ANNEX})
OPTIONAL = frozenset({ANNEX})

ACK, ERROR, CONFIRMED = "01", "02", "03"
"""`Tipo_Mensaje`."""
SENT, RESENT, REJECTED = "02", "03", "04"
"""`Tipo_Anotacion` (01 is an entry that waits, which no office sends). An office rejects by sending the entry
back as 04: there is no message for it.
"""
DIR3 = re.compile(r"[A-Z][A-Z0-9][0-9]{7}", re.ASCII)
"""Code of an office or a unit in the common directory: nine signs, as O00001234, L01280796 or EA0008567."""
BINARY = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a segment: how long at most (0: base64 of any length), whether it must be there, and what
    may stand in it.
    """

    longest: int
    needed: bool = False
    values: tuple[str, ...] = ()


def _party(who: str) -> dict[str, Field]:
    lengths = {
        "Tipo_Documento_Identificacion": 1, "Documento_Identificacion": 17, "Razon_Social": 80, "Nombre": 30,
        "Primer_Apellido": 30, "Segundo_Apellido": 30,
    }  # fmt: skip
    return {f"{name}_{who}": Field(longest) for name, longest in lengths.items()}


def _contact(who: str) -> dict[str, Field]:
    lengths = {
        "Pais": 4, "Provincia": 2, "Municipio": 5, "Direccion": 160, "Codigo_Postal": 5,
        "Correo_Electronico": 160, "Telefono_Contacto": 20, "Direccion_Electronica_Habilitada": 160,
        "Canal_Preferente_Comunicacion": 2,
    }  # fmt: skip
    return {f"{name}_{who}": Field(longest) for name, longest in lengths.items()}


FIELDS: Mapping[str, Mapping[str, Field]] = {
    ORIGIN: {
        "Codigo_Entidad_Registral_Origen": Field(21, True),
        "Decodificacion_Entidad_Registral_Origen": Field(80),
        "Numero_Registro_Entrada": Field(20, True),
        "Fecha_Hora_Entrada": Field(14, True),
        "Timestamp_Entrada": Field(BINARY),
        "Codigo_Unidad_Tramitacion_Origen": Field(21),
        "Decodificacion_Unidad_Tramitacion_Origen": Field(80),
    },
    DESTINATION: {
        "Codigo_Entidad_Registral_Destino": Field(21, True),
        "Decodificacion_Entidad_Registral_Destino": Field(80),
        "Codigo_Unidad_Tramitacion_Destino": Field(21),
        "Decodificacion_Unidad_Tramitacion_Destino": Field(80),
    },
    PERSON: {
        **_party("Interesado"), **_party("Representante"), **_contact("Interesado"),
        **_contact("Representante"), "Observaciones": Field(160),
    },
    SUBJECT: {
        "Resumen": Field(240, True),
        "Codigo_Asunto_Segun_Destino": Field(16),
        "Referencia_Externa": Field(16),
        "Numero_Expediente": Field(80),
    },
    ANNEX: {
        "Nombre_Fichero_Anexado": Field(80, True),
        "Identificador_Fichero": Field(50, True),
        "Validez_Documento": Field(2),
        "Tipo_Documento": Field(2, True),
        "Certificado": Field(BINARY),
        "Firma_Documento": Field(BINARY),
        "TimeStamp": Field(BINARY),
        "Validacion_OCSP_Certificado": Field(BINARY),
        "Hash": Field(BINARY, True),
        "Tipo_MIME": Field(20),
        "Anexo": Field(BINARY),
        "Identificador_Documento_Firmado": Field(50),
        "Observaciones": Field(50),
    },
    CONTROL: {
        "Tipo_Transporte_Entrada": Field(2),
        "Numero_Transporte_Entrada": Field(20),
        "Nombre_Usuario": Field(80),
        "Contacto_Usuario": Field(160),
        "Identificador_Intercambio": Field(33, True),
        "Aplicacion_Version_Emisora": Field(4),
        "Tipo_Anotacion": Field(2, True, (SENT, RESENT, REJECTED)),
        "Descripcion_Tipo_Anotacion": Field(80),
        "Tipo_Registro": Field(1, True, ("0", "1")),
        "Documentacion_Fisica": Field(1, True, ("1", "2", "3")),
        "Observaciones_Apunte": Field(50),
        "Indicador_Prueba": Field(1, True, ("0", "1")),
        "Codigo_Entidad_Registral_Inicio": Field(21, True),
        "Decodificacion_Entidad_Registral_Inicio": Field(80),
    },
    FORM: {"Expone": Field(4000), "Solicita": Field(4000)},
    MESSAGE: {
        "Codigo_Entidad_Registral_Origen": Field(21, True),
        "Codigo_Entidad_Registral_Destino": Field(21, True),
        "Identificador_Intercambio": Field(33, True),
        "Tipo_Mensaje": Field(2, True, (ACK, ERROR, CONFIRMED)),
        "Descripcion_Mensaje": Field(1024),
        "Numero_Registro_Entrada_Destino": Field(20),
        "Fecha_Hora_Entrada_Destino": Field(14),
        "Indicador_Prueba": Field(1, True, ("0", "1")),
        "Identificador_Fichero": Field(50),
        "Codigo_Error": Field(4),
    },
}  # fmt: skip
"""By segment, in the order in which they stand. `Expone` and `Solicita` must be there, but may be empty."""
