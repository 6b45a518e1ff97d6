# SPDX-License-Identifier: EUPL-1.2
"""The language of a page for citizens: how it is chosen, what is said in it, and what is still only in
Spanish.

Words are written in Spanish, in code and templates, and looked up where they are shown: `{% translate %}`
of Django for those of a template, `|dicho` for those that come from code, `|propio` for what a body wrote.
What the chosen language lacks is shown in Spanish, marked `lang="es"`, and the page says so once.
"""
