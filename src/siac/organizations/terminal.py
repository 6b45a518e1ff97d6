# SPDX-License-Identifier: EUPL-1.2
"""Forms on the terminal: what was given as an option is checked, what is missing is asked, until it
is right.
"""

import getpass
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.core.management.base import CommandError

MakeForm = Callable[[Mapping[str, str]], forms.BaseForm]


@dataclass(frozen=True, slots=True)
class Keyboard:
    """How a person is asked: `read(prompt)` a line, `read_hidden(prompt)` one that is not shown,
    `say(line)`.
    """

    read: Callable[[str], str]
    read_hidden: Callable[[str], str]
    say: Callable[[str], None]


def keyboard() -> Keyboard | None:
    """Return the person at the terminal; None where there is none, as in a script."""
    if not sys.stdin.isatty():
        return None
    return Keyboard(input, getpass.getpass, _say)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def complete(
    make: MakeForm,
    given: Mapping[str, str | None],
    ask: Iterable[str],
    keyboard: Keyboard | None,
    ways: Mapping[str, str] | None = None,
) -> forms.BaseForm:
    """Return the form made of what was given and what is asked for: those of
    `ask` that were not given, in order.

    `ways`: how a field is given where that is not the option of its name.

    Raises:
        CommandError: something given is wrong, something is missing and nobody
            can be asked, or the person left.
    """
    values = {name: value for name, value in given.items() if value is not None}
    _check(make, values)
    missing = [name for name in ask if name not in values]
    if missing and keyboard is None:
        raise CommandError(
            f"Falta indicar: {', '.join((ways or {}).get(name, _option(name)) for name in missing)}."
        )
    for name in missing:
        if keyboard is not None:
            try:
                values[name] = _asked(make, values, name, keyboard)
            except EOFError:
                raise CommandError("Se dejó sin terminar: no se guardó nada.") from None
    form = make(values)
    if not form.is_valid():
        raise CommandError(" ".join(_words(form, name) for name in form.errors))
    return form


def _check(make: MakeForm, values: Mapping[str, str]) -> None:
    form = make(values)
    wrong = [name for name in form.errors if name in values]
    if wrong:
        raise CommandError(" ".join(f"{_option(name)}: {_words(form, name)}" for name in wrong))


def _asked(make: MakeForm, values: Mapping[str, str], name: str, keyboard: Keyboard) -> str:
    """Ask for one field until it is right; what is not shown is asked twice."""
    field = make(values).fields[name]
    label = str(field.label)
    is_hidden = isinstance(field.widget, forms.PasswordInput)
    while True:
        typed = keyboard.read_hidden(f"{label}: ") if is_hidden else keyboard.read(f"{label}: ").strip()
        form = make({**values, name: typed})
        if name in form.errors:
            keyboard.say(f"  {_words(form, name)}")
        elif is_hidden and keyboard.read_hidden("Escríbala otra vez: ") != typed:
            keyboard.say("  No son iguales. Empiece de nuevo.")
        else:
            return typed


def _words(form: forms.BaseForm, name: str) -> str:
    return " ".join(str(error) for error in form.errors[name])


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")
