// SPDX-License-Identifier: EUPL-1.2
// One stylesheet and one script for the whole product, and that of the page without network, written where Django finds static files.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/siac/ui/static/ui/build");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const { css } = compile(join(here, "styles/siac.scss"), {
  loadPaths: [join(here, "node_modules"), here],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(out, "siac.css"), css);
await build({
  entryPoints: { siac: join(here, "scripts/siac.mjs"), offline: join(here, "scripts/offline/app.mjs") },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
});
