# SPDX-License-Identifier: EUPL-1.2
"""`siac verify PACK.zip`: a pack of evidence checked on any machine, without database and without keys."""

import importlib
import os
import sys
import tempfile
from pathlib import Path

import django

from siac.config.allocator import loading
from siac.config.keys import load_keys

RECOMPUTE = "--recompute"


def is_asked(rest: list[str]) -> bool:
    """Return whether what follows `verify` names packs."""
    return any(word.lower().endswith(".zip") for word in rest)


def run(rest: list[str]) -> int:
    """Check the packs named, and work their figures out again with `--recompute`; return the exit code: 0,
    or 1 where something is not as it was.
    """
    with tempfile.TemporaryDirectory() as folder:  # settings ask for keys; these open nothing and go
        load_keys(Path(folder))
        os.environ.setdefault("DATABASE_URL", "postgresql:///none")
        with loading():
            django.setup()
    programme = importlib.import_module("siac.programme.public")
    broken = 0
    for word in rest:
        if word == RECOMPUTE:
            continue
        path = Path(word)
        told = programme.check_pack(path)
        again = programme.recomputed(path) if RECOMPUTE in rest and not told.problems else ()
        figures = list(again)
        wrong = [*told.problems, *(f"{name}: {what}" for name, what in figures if what)]
        sys.stdout.write(f"{path.name}: {'CON PROBLEMAS' if wrong else 'íntegro'}\n")
        if told.name:
            sys.stdout.write(f"  {_shown(told.name)}\n")
        sys.stdout.write(f"  {told.files} archivos revisados")
        bare = sum(what is None for _, what in figures)
        sys.stdout.write(f", {len(figures) - bare} cifras calculadas de nuevo" if figures else "")
        sys.stdout.write(f", {bare} sin filas que calcular\n" if bare else "\n")
        if told.is_stamped:
            sys.stdout.write(
                "  con sello de tiempo: quién lo puso y cuándo lo dice «openssl ts -verify -data "
                "tagmanifest-sha256.txt -in tagmanifest-sha256.txt.tsr -CAfile …»\n"
            )
        for problem in wrong:
            sys.stdout.write(f"  ✗ {_shown(problem)}\n")
        broken += bool(wrong)
    return 1 if broken else 0


def _shown(text: str) -> str:
    """Return words of a pack as a terminal may show them: whoever made it may have put in signs that clear
    the screen, or turn what is read.
    """
    return "".join(each if each.isprintable() else "�" for each in text)
