# SPDX-License-Identifier: EUPL-1.2
"""`siac institution export` and `import`: a body, whole, from one installation to another.

`sealing` the file, under the key of the journey · `package` its parts · `tables` what is of a body · `lines`
rows as PostgreSQL writes them · `exporting`, `accounts`, `loading`, `checking`, `importing`.
"""
