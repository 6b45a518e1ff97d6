# SPDX-License-Identifier: EUPL-1.2
"""Variables of templates: which exist, what is filled in, what is left to a person."""

import pytest

from siac.cases.domain.variables import VARIABLES, check_filled, check_variables, fill, unfilled
from siac.kernel.errors import Refused


@pytest.mark.parametrize("name", list(VARIABLES))
def test_every_variable_may_be_used_and_is_replaced(name):
    check_variables(f"Ante {{{name}}} después")
    assert fill(f"Ante {{{name}}} después", {name: "esto"}) == "Ante esto después"


@pytest.mark.parametrize("text", ["{nombres}", "Hola {}", "{ nombre }", "{Nombre}"])
def test_what_does_not_exist_is_refused_by_its_name(text):
    with pytest.raises(Refused) as caught:
        check_variables(text)
    assert caught.value.code == "variable_unknown"
    assert caught.value.context["name"] in text


@pytest.mark.parametrize(
    ("text", "values", "left"),
    [
        ("Hola {nombre}", {"nombre": ""}, ["{nombre}"]),
        ("{folio} {vence} {folio}", {}, ["{folio}", "{vence}"]),
        (
            "{nombre}",
            {"nombre": "{folio}"},
            ["{folio}"],
        ),  # what a person is called is looked at like the rest
        ("a {b} c", {}, ["{b}"]),  # braces of a person's own
        ("nada", {"nombre": "Eva"}, []),
    ],
)
def test_what_has_no_value_stays_and_is_not_sent(text, values, left):
    made = fill(text, values)
    assert unfilled(made) == left
    if left:
        with pytest.raises(Refused) as caught:
            check_filled(made)
        assert (caught.value.code, caught.value.context["names"]) == ("variable_unfilled", ", ".join(left))
    else:
        check_filled(made)
