# SPDX-License-Identifier: EUPL-1.2
"""The office without network: what is registered on a laptop in the field, and sent later, once."""
