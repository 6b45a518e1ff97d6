# SPDX-License-Identifier: EUPL-1.2
from siac.programme.models.programme import Pack, Programme, VerdictLabel

__all__ = ["Pack", "Programme", "VerdictLabel"]
