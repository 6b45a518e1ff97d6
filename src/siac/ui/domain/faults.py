# SPDX-License-Identifier: EUPL-1.2
"""What ended a long work, in words of the person who sees it."""

_THE_DATABASE = "la base de datos dejó de responder"
_A_FILE = "no se pudo leer o guardar un archivo en el servidor"
_WORDS = {
    "OperationalError": _THE_DATABASE,
    "InterfaceError": _THE_DATABASE,
    "InternalError": _THE_DATABASE,
    "OSError": _A_FILE,
    "FileNotFoundError": _A_FILE,
    "PermissionError": _A_FILE,
    "MemoryError": "al servidor se le acabó la memoria",
    "TimeoutError": "tardó más de lo permitido",
}


def fault_in_words(name: str) -> str:
    """Return what an error of class `name` means for somebody who does not program."""
    return _WORDS.get(name, "una falla del sistema")
