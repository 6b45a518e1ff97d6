# SPDX-License-Identifier: EUPL-1.2
"""A gap that somebody was to fill stops an answer; brackets that belong to the text do not."""

import pytest

from siac.cases.domain.variables import check_filled, unfilled
from siac.kernel.errors import Refused


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Estimada {nombre}: {nombre}", ["{nombre}"]),
        ("Estimada {persona}:", ["{persona}"]),
        ("El [completar] se hará", ["[completar]"]),
        ("Acudió el [fecha de la visita] y", ["[fecha de la visita]"]),
        ("[Indique aquí las razones]", ["[Indique aquí las razones]"]),
        ("Resolución N.º XXXX de xx/xx/2026", ["XXXX", "xx/xx/2026"]),
        ("El día ______ de", ["______"]),
        ("Firma: [ ]", ["[ ]"]),
        ("La norma dice «[la persona] podrá [sic]» [énfasis agregado] [1] [...]", []),
        ("Siglo XX, capítulo XXI, artículo XXX bis", []),
        ("Ya se limpió el desagüe.", []),
    ],
)
def test_what_is_left_to_write_is_named(text, left):
    assert unfilled(text) == left
    if left:
        with pytest.raises(Refused) as refused:
            check_filled(text)
        assert left[0] in refused.value.context["names"]
