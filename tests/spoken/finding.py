# SPDX-License-Identifier: EUPL-1.2
"""Which Spanish words pages for citizens show: those marked in templates, and those that come from code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import siac

ROOT = Path(siac.__file__).parent
Text = tuple[str, str]
"""What is looked up, and its plural; empty for most."""

_SIMPLE = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
_LITERAL = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")
_BLOCK = re.compile(r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")
_VALUE = re.compile(r"{{\s*(\w+)\s*}}")

FORMS = {
    "cases/forms/citizen.py": (),
    "cases/portal/following.py": ("DONE", "track"),
    "cases/portal/text_messages.py": ("DONE",),
    "documents/uploads.py": (),
    "catalogue/portal.py": ("OpinionForm",),
    "appointments/forms.py": ("ContactForm", "WaitForm"),
}
"""Modules whose sentences may stand on a page for citizens: all, or those of what is named."""
SENTENCE = re.compile(r"^[A-ZÁÉÍÓÚÑ¿¡](?=.*[a-z])[^_{}]*$")
NO_WORDS = frozenset(
    {"Lax", "Rest", "WhetherNamedForm", "La persona desistió desde la página de seguimiento."}
)
"""Strings of those modules that no page shows to whoever it is for."""


def in_templates() -> Iterator[Text]:
    """Yield what the templates mark."""
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        source = path.read_text(encoding="utf-8")
        for match in (*_SIMPLE.finditer(source), *_LITERAL.finditer(source)):
            yield match.group(1) or match.group(2), ""
        for match in _BLOCK.finditer(source):
            one, *more = (_looked_up(part) for part in _PLURAL.split(match.group(1)))
            yield one, more[0] if more else ""


def _looked_up(text: str) -> str:
    """Return the text of a trimmed block as Django looks it up."""
    lines = " ".join(line.strip() for line in text.strip().splitlines() if line.strip())
    return _VALUE.sub(r"%(\1)s", lines.replace("%", "%%"))


def in_code() -> Iterator[Text]:
    """Yield the sentences of the forms for citizens, and `_("…")` of any module."""
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        named = FORMS.get(str(path.relative_to(ROOT)))
        if named is None and "gettext" not in source:
            continue
        tree = ast.parse(source)
        for part in _named(tree, named or ()):
            yield from ((text, "") for text in (_marked(part) if named is None else _sentences(part)))


def _named(tree: ast.Module, names: tuple[str, ...]) -> list[ast.AST]:
    """Return the classes, functions and values of these names; without any, the module."""
    found: list[ast.AST] = []
    for node in tree.body if names else ():
        targets = [getattr(node, "target", None), *getattr(node, "targets", ())]
        called = {getattr(node, "name", ""), *(getattr(target, "id", "") for target in targets)}
        found += [node] if called & set(names) else []
    return found if names else [tree]


def _marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "_simple"}
        ):
            yield from (arg.value for arg in node.args if _is_text(arg))  # type: ignore[attr-defined]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _sentences(tree: ast.AST) -> Iterator[str]:
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    skipped |= {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if _is_text(node) and id(node) not in skipped and _is_shown(node.value):  # type: ignore[attr-defined]
            yield node.value  # type: ignore[attr-defined]


def _is_shown(text: str) -> bool:
    return SENTENCE.match(text) is not None and text not in NO_WORDS


def from_registries() -> Iterator[Text]:
    """Yield the words that contexts register or keep by code: states, links, history, refusals."""
    from siac.cases.models import MessageKind
    from siac.cases.texts import ENDING_FOR_CITIZEN, SILENCE_STAGES, STATE_FOR_CITIZEN
    from siac.cases.texts.events import _EVENTS
    from siac.cases.texts.following import REFUSALS
    from siac.ui.navigation import _PORTAL

    yield from ((text, "") for text in (*STATE_FOR_CITIZEN.values(), *ENDING_FOR_CITIZEN.values()))
    yield from ((text, "") for text in SILENCE_STAGES.values())
    yield from ((link.label, "") for link in _PORTAL.values())
    yield from ((str(label), "") for label in MessageKind.labels)
    yield from ((e.to_person or e.words, "") for e in _EVENTS.values() if not e.is_internal)
    yield from ((text, "") for text in REFUSALS.values() if "{" not in text)
    notices = (ROOT / "cases/notices.py").read_text(encoding="utf-8")
    yield from ((text, "") for text in _subjects(ast.parse(notices)))
    yield from ((text, "") for text in ("Tipo", "Idioma de los avisos", "Respuesta a su solicitud"))
    yield from ((text, "") for text in ("La ley nos da hasta", "Nuestro plazo máximo es", "Hay un problema"))
    from siac.ui.templatetags.ui import _LEFT

    yield from ((text, "") for _, text in _LEFT)
    yield from ((text, "") for text in ("Error: ", "Falta completar:", "Elija…", "Día", "Mes", "Año"))


def _subjects(tree: ast.Module) -> Iterator[str]:
    """Yield the subjects of the notices: the first of what each function of lines returns."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in (each for function in functions for each in ast.walk(function)):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            first = node.value.elts[0]
            yield from [first.value] if _is_text(first) else []  # type: ignore[attr-defined]


def texts() -> dict[str, str]:
    """Return everything that can be looked up, in order, with its plural."""
    found: dict[str, str] = {}
    for text, plural in (*in_templates(), *in_code(), *from_registries()):
        if text.strip():
            found[text] = found.get(text) or plural
    return dict(sorted(found.items()))
