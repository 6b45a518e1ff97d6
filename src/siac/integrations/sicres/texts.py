# SPDX-License-Identifier: EUPL-1.2
"""Words of the exchange of registry entries."""

from siac.cases.public import CaseEvent

REFUSALS = {
    "sicres_not_here": "El intercambio registral SIR es de los organismos de España.",
    "sicres_not_set": "Configure primero la oficina de registro, en Configuración, Registro (SIR).",
    "sicres_code_odd": "Escriba un código de DIR3: nueve letras y números, como O00001234 o L01280796.",
    "sicres_own_code": "Ese código es de este mismo organismo.",
    "sicres_large": "El archivo es de más de {most} MB.",
    "sicres_again": "Ese intercambio ya está aquí, desde el {day}: {where}.",
    "sicres_decided": "Ya se decidió sobre esta entrada.",
    "sicres_test": "Es un envío de prueba: no se crea ninguna solicitud con él.",
    "sicres_erased": "El archivo de esta entrada ya se borró.",
    "sicres_unreadable": "El archivo de esta entrada no se puede leer ahora. Inténtelo más tarde.",
    "sicres_reason": "Escriba por qué se rechaza.",
    "sicres_unknown": "Ningún envío de este organismo tiene el identificador {identifier}.",
    "sicres_other_office": "Ese mensaje no viene de la oficina a la que se envió.",
    "sicres_infected": "El archivo «{file}» tiene un virus: no se envía.",
    "sicres_message_test": "Es un mensaje de prueba: no decide nada de un envío de verdad.",
    "sicres_answered": "De ese envío ya se dijo: {state}.",
    "sicres_message_odd": "El mensaje no está bien: {problem}",
    "sicres_anonymous": "No se puede enviar: no se sabe de quién es la solicitud.",
    "sicres_heavy": "Los archivos suman más de {most} MB o son más de {count}: no caben en un intercambio.",
    "sicres_open_dispatch": "Ya se envió a {name} y falta su respuesta.",
    "sicres_not_accepted": "El otro organismo no ha aceptado la solicitud.",
    "sicres_no_message": "De esta entrada no hay nada que responder.",
    "sicres_files_changed": "Los archivos de la solicitud cambiaron mientras se preparaba: envíela otra vez.",
}
TROUBLES = {
    "large": "El archivo, o lo que contiene, es demasiado grande.",
    "annexes": "Trae demasiados anexos.",
    "package": "El ZIP está dañado, cifrado o trae demasiados archivos.",
    "package_entries": "El ZIP debe traer un solo archivo de intercambio (XML).",
    "xml": "No es un XML bien formado, o su codificación no es la que dice.",
    "doctype": "Declara un tipo de documento o entidades, que la norma no usa y aquí no se leen.",
    "shape": "Trae elementos que la norma no tiene, repetidos o fuera de lugar.",
    "root": "No es un fichero de intercambio ni un mensaje de SICRES 3.0.",
    "long": "Trae un campo mucho más largo de lo que la norma admite.",
    "unreadable": "No se pudo leer a tiempo.",
    "missing": "Falta {where}.",
    "repeated": "Está más de una vez {where}.",
    "odd": "Tiene un valor que la norma no admite {where}.",
    "too_long": "Es más largo de lo que la norma admite {where}.",
    "moment": "No es una fecha y hora (AAAAMMDDhhmmss) {where}.",
    "future": "Es posterior a este momento {where}.",
    "destination": "No va dirigido a la oficina ni a la unidad de este organismo.",
    "annex_base64": "El anexo «{where}» o su huella no están bien codificados (base64).",
    "annex_missing": "Falta el anexo «{where}»: ni está en el archivo ni junto a él.",
    "annex_digest_form": "La huella del anexo «{where}» no es SHA-1, SHA-256, SHA-384 ni SHA-512.",
    "annex_digest": "El anexo «{where}» no es el que se envió: su huella es otra.",
}
EVENTS = (
    CaseEvent("sicres.filed", "Llegó por intercambio registral (SIR)", is_internal=True),
    CaseEvent("sicres.sent", "Se preparó el envío a otro organismo (SIR)", is_internal=True),
    CaseEvent("sicres.received", "El otro organismo acusó recibo (SIR)", is_internal=True),
    CaseEvent("sicres.accepted", "El otro organismo aceptó la solicitud (SIR)", is_internal=True),
    CaseEvent("sicres.rejected", "El otro organismo rechazó la solicitud (SIR)", is_internal=True),
    CaseEvent("sicres.failed", "El otro organismo avisó de un error (SIR)", is_internal=True),
)
RECORDED = (
    "sicres.office_saved",
    "sicres.brought",
    "sicres.refused",
    "sicres.entry_filed",
    "sicres.entry_rejected",
)
"""Entries in other chains than those of cases."""


def trouble_text(code: str, where: str) -> str:
    """Return in words what is wrong with a file."""
    return TROUBLES[code].format(where=where)
