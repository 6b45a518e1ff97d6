# SPDX-License-Identifier: EUPL-1.2
"""Papers that come in at the registry of a body (Oficina de Partes), and where they go."""
