# SPDX-License-Identifier: EUPL-1.2
"""Papers that come in (Oficina de Partes)."""
