# SPDX-License-Identifier: EUPL-1.2
import pytest

from siac.ui.domain.faults import fault_in_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OperationalError", "la base de datos dejó de responder"),
        ("PermissionError", "no se pudo leer o guardar un archivo en el servidor"),
        ("MemoryError", "al servidor se le acabó la memoria"),
        ("ZeroDivisionError", "una falla del sistema"),
        ("", "una falla del sistema"),
    ],
)
def test_what_ended_a_work_is_told_in_words(name, words):
    assert fault_in_words(name) == words
