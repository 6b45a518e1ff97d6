# SPDX-License-Identifier: EUPL-1.2
# Django finds commands here; this one lies with what it is of.
from siac.cases.imports.command import Command

__all__ = ["Command"]
