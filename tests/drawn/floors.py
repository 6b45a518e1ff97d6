# SPDX-License-Identifier: EUPL-1.2
"""The floors of the house, from the contracts that hold them and the imports that are there."""

import ast
import tomllib
from collections.abc import Iterator

from tests.drawn.source import ROOT, features, modules, place, taken

WHOLE = "Contexts look downwards only"
CASES = "Cases: features stand on a core that knows none of them; every module has its floor"


def floors(contract: str) -> list[list[str]]:
    """Return the floors of a contract of `pyproject.toml`, the upper first; what is not built is left out."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    found = next(each for each in tool["contracts"] if each["name"] == contract)
    root = found["containers"][0]
    told = ([name.strip(" ()") for name in layer.split("|")] for layer in found["layers"])
    built = ([name for name in names if f"{root}.{name}" in modules()] for names in told)
    return [names for names in built if names]


def picture(contract: str) -> str:
    """Draw the floors of a contract, each standing on the one below it."""
    rows = floors(contract)
    lines = [f'  f{number}["{" · ".join(names)}"]' for number, names in enumerate(rows)]
    lines += [f"  f{number} --> f{number + 1}" for number in range(len(rows) - 1)]
    return "\n".join(["```mermaid", "flowchart TB", *lines, "```"])


def whole_house() -> str:
    """Draw the floors of the contexts."""
    return picture(WHOLE)


def inside_cases() -> str:
    """Draw the floors of `cases`."""
    return picture(CASES)


def contexts() -> str:
    """Draw the table of contexts: what each is, and which others it imports."""
    lines = ["| context | what it is | imports |", "|---|---|---|"]
    for name in _upper_first():
        lines.append(f"| `{name}` | {_says(name)} | {', '.join(f'`{each}`' for each in _imports(name))} |")
    return "\n".join(lines)


def features_of_cases() -> str:
    """Draw the table of the features of `cases`."""
    lines = ["| feature | what it is |", "|---|---|"]
    lines += [f"| `{name}` | {_says(f'cases.{name}')} |" for name in sorted(features())]
    return "\n".join(lines)


def _upper_first() -> Iterator[str]:
    for names in floors(WHOLE):
        for name in names:
            if name == "integrations":
                yield from sorted({place(each) for each in modules() if _is_adapter(each)})
            else:
                yield name


def _is_adapter(module: str) -> bool:
    return module.startswith("siac.integrations.")


def _says(name: str) -> str:
    module = f"siac.{name}" if f"siac.{name}" in modules() else f"siac.integrations.{name}"
    told = ast.get_docstring(modules()[module])
    if not told:
        raise LookupError(f"{module} does not say in its first line what it is")
    return " ".join(told.split())


def _imports(name: str) -> list[str]:
    order = list(_upper_first())
    own = [module for module in modules() if place(module).split(".")[0] == name]
    found = {place(where).split(".")[0] for module in own for where, _ in taken(module).values()}
    return sorted(found & set(order) - {name}, key=order.index)
