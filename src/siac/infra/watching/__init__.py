# SPDX-License-Identifier: EUPL-1.2
"""How the machines are watched: which request a line of the log is of, statements that take long, and figures
for those who operate the installation. Nothing of it tells of a person or a body.
"""
