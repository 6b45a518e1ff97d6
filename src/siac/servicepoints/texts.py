# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

REFUSALS: dict[str, str] = {"point_code_taken": "Ya hay un punto de atención con el código {code}."}
RECORDED = ("servicepoints.point_saved",)
"""Every kind of entry that this context writes in the journal."""
