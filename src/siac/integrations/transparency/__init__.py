# SPDX-License-Identifier: EUPL-1.2
"""Chile's Portal de Transparencia del Estado (Ley 20.285): the register and the answers of a month, to take
there. What it holds comes in as any register does.
"""
