# SPDX-License-Identifier: EUPL-1.2
"""No context outgrows the others, and the core of the largest stays readable as one thing."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "siac"
MOST_OF_ALL = 0.45
MOST_OF_CORE = 14_000
FEATURES = "Features of cases: edges, commands, reads, tables, words"


def lines_below(folder: Path) -> int:
    """Count the lines of Python below a folder, migrations apart: what is written once and read on."""
    files = (file for file in folder.rglob("*.py") if "migrations" not in file.relative_to(folder).parts)
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def features() -> list[str]:
    """Return the folders of `cases` that the contracts hold to be features."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each["name"] == FEATURES)
    return [name.removeprefix("siac.cases.") for name in contract["containers"]]


def test_no_context_is_nearly_half_of_the_house():
    sizes = {folder.name: lines_below(folder) for folder in HOUSE.iterdir() if folder.is_dir()}
    shares = {name: size / sum(sizes.values()) for name, size in sizes.items()}
    largest = max(shares, key=shares.__getitem__)
    assert shares[largest] < MOST_OF_ALL, f"{largest} is {shares[largest]:.1%}: what stands above it?"


def test_the_core_of_cases_stays_small():
    cases = HOUSE / "cases"
    core = lines_below(cases) - sum(lines_below(cases / name) for name in features())
    assert core < MOST_OF_CORE, f"the core has {core} lines: which feature hides in it?"
