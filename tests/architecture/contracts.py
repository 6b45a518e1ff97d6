# SPDX-License-Identifier: EUPL-1.2
"""A contract of import-linter of our own: between contexts, only what `public.py` holds is imported."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PublicOnly(Contract):
    """No context imports from another one past its `public` module.

    The floors in `open` are shared by all; `wiring` knows everyone; an upgrade of tables (`migrations`)
    names the code of the day it was written.
    """

    type_name = "public_only"
    root = fields.StringField()
    open = fields.ListField(subfield=fields.StringField())
    wiring = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return every import that goes past a public face."""
        past = sorted(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._is_past(importer.split("."), imported.split("."))
        )
        return ContractCheck(kept=not past, metadata={"past": past})

    def _is_past(self, importer: list[str], imported: list[str]) -> bool:
        root: str = str(self.root)
        if importer[0] != root or imported[0] != root or len(importer) < 2 or len(imported) < 2:
            return False
        free = {*map(str, self.open), importer[1]}  # type: ignore[call-overload]
        if importer[1] in self.wiring or imported[1] in free:  # type: ignore[operator]
            return False
        return "migrations" not in importer and imported[2:3] != ["public"]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which imports these are."""
        for importer, imported in check.metadata["past"]:
            output.print_error(f"{importer} imports {imported}")
