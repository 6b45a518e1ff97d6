# SPDX-License-Identifier: EUPL-1.2
"""The benchmark follows the code it measures: it runs now and then, and nobody else would tell."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import benchmarks


@pytest.mark.parametrize("name", [module.name for module in iter_modules(benchmarks.__path__)])
def test_every_part_finds_what_it_uses(name):
    if name != "__main__":
        assert import_module(f"benchmarks.{name}").__doc__
