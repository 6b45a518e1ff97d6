# SPDX-License-Identifier: EUPL-1.2
"""Words of `siac verify`."""

PROBLEMS = {
    "gap": "{stream}: falta la anotación {expected}; la siguiente es la {seq} ({kind}).",
    "link": "{stream}: la anotación {seq} ({kind}) no continúa la anterior.",
    "altered": "{stream}: la anotación {seq} ({kind}) fue alterada: su huella no coincide.",
    "entry_key": "{stream}: la clave con que se firmó la anotación {seq} ({kind}) no está configurada.",
    "forged": (
        "{stream}: la anotación {seq} ({kind}) no lleva la firma del sistema: alguien la escribió por fuera."
    ),
    "behind": "{stream}: la anotación {seq} se puso detrás del último sello, que no la vio.",
    "root_lost": (
        "Sello {number} de {slug} (n.º {institution}): se anotó "
        "fuera de la base de datos y ya no está, o es otro."
    ),
    "guard_function": "La función {name}, que impide reescribir la bitácora, fue cambiada o quitada.",
    "guard_missing": "Falta el disparador {name}, que impide reescribir.",
    "guard_disabled": "El disparador {name} está desactivado.",
    "guard_changed": "El disparador {name} no es el que puso el sistema.",
    "guard_unknown": "Hay un disparador que el sistema no puso: {name}.",
    "guard_kind": "{name} ya no es una tabla.",
    "guard_policy": "La tabla {name} tiene una política que puede ocultar filas.",
    "guard_rule": "La tabla {name} tiene una regla que puede cambiar lo que se escribe o se lee.",
    "guard_heir": "La tabla {name} hereda de otra, o otra de ella.",
    "guard_constraint": "Falta la restricción {name} de la bitácora.",
    "guard_default": "El valor por omisión de {name} fue cambiado.",
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
