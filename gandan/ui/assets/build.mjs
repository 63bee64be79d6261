// Builds the pages' assets: two style sheets, the heading typeface, htmx.
// `npm run build` writes them to gandan/ui/static/ui/build/, which is not in git.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const modules = join(root, "node_modules");
const out = join(here, "../static/ui/build");
const require = createRequire(import.meta.url);

/** What govuk-frontend repeats for each component and our body already says. */
function tidy(css) {
  return css
    .replace(/@media print\{[^{}]+\{font-family:sans-serif\}\}/g, "")
    .replace(/-webkit-font-smoothing:antialiased;?/g, "")
    .replace(/-moz-osx-font-smoothing:grayscale;?/g, "")
    .replace(/font-family:inherit;?(?=[^{}]*\})/g, (match, at, text) =>
      /[,}]\.gd-light[^{}]*\{$/.test(text.slice(0, at)) ? match : "",
    )
    .replace(/var\(--govuk-[a-z-]+-colour, (#[0-9a-f]+)\)/g, "$1")
    .replace(/:root\{--govuk-frontend-version:[^}]*\}/g, "")
    .replace(/[^{}]+\{\}/g, "");
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });

for (const name of ["public", "work"]) {
  const { css } = sass.compile(join(here, `${name}.scss`), {
    loadPaths: [here, modules],
    style: "compressed",
    quietDeps: true,
  });
  const tidied = tidy(css);
  writeFileSync(join(out, `${name}.css`), tidied);
  const size = gzipSync(tidied).length;
  console.log(`${name}.css ${tidied.length} bytes, ${size} gzipped`);
}

for (const subset of ["latin", "vietnamese"]) {
  copyFileSync(
    join(
      modules,
      `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-600-normal.woff2`,
    ),
    join(out, `fonts/be-vietnam-pro-${subset}-600.woff2`),
  );
}
copyFileSync(require.resolve("htmx.org/dist/htmx.min.js"), join(out, "htmx.min.js"));
