# SPDX-License-Identifier: EUPL-1.2
"""Words of `siac verify`."""

PROBLEMS = {
    "gap": "{stream}: falta la anotación {expected}; la siguiente es la {seq} ({kind}).",
    "link": "{stream}: la anotación {seq} ({kind}) no continúa la anterior.",
    "altered": "{stream}: la anotación {seq} ({kind}) fue alterada: su huella no coincide.",
    "tail": "{stream}: falta la anotación {seq}, que el sello {number} vio como última.",
    "head_differs": "{stream}: la anotación {seq} no es la que vio el sello {number}.",
    "checkpoint_missing": "Sello {number}: no continúa el sello anterior; falta alguno o fue cambiado.",
    "checkpoint_key": "Sello {number}: la clave {key} con que se firmó no está configurada.",
    "checkpoint_signature": "Sello {number}: la firma no coincide.",
    "checkpoint_heads": "Sello {number}: sus anotaciones finales no dan su raíz.",
    "root_unknown": "Ningún sello tiene la raíz {root} que se anotó aparte.",
    "noted_missing": "{stream}: no existe la anotación {seq} que se anotó aparte.",
    "noted_differs": "{stream}: la anotación {seq} no es la que se anotó aparte.",
    "extra": "{problem}",
}
