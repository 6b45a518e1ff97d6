# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `procedures`."""

from siac.procedures.direct import load_records

__all__ = ["load_records"]
