# SPDX-License-Identifier: EUPL-1.2
"""Write the words of every language anew: `make languages`."""

import sys

import django


def main() -> None:
    """Bring each `.po` to what the code says, and compile it."""
    django.setup()
    from tests.spoken.finding import texts
    from tests.spoken.keeping import LANGUAGES, mo, path_of, po, read

    found = texts()
    for language in LANGUAGES:
        path_of(language).write_text(po(read(language), found), encoding="utf-8")
        words = read(language)
        path_of(language, "mo").write_bytes(mo(words))
        done = sum(all(said) for said in words.said.values())
        sys.stdout.write(f"{language}: {done} of {len(found)}\n")


main()
