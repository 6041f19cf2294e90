// Bundles what the shop's page uses of the client into one file, which is checked in: the shop can be built without Node.js.
// --check fails where that file is not what the documents make of it, --renew makes it so.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const KEPT = 'services/storefront/src/main/resources/web/js/client.js';
const RENEW = 'mvn -q -pl api-specs/clients/typescript package -Dbundle=--renew';

const kept = fileURLToPath(new URL(`../../../../${KEPT}`, import.meta.url));
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('client.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  // Browsers fetch it, nobody reads it; lines that end keep it fit for diffs.
  minify: true,
  lineLimit: 120,
  charset: 'utf8',
  banner: {
    js: [
      '/* The part of the generated client that this page uses, minified. Not to be edited: it is made from',
      '   api-specs/openapi/emporion.yaml and api-specs/clients/typescript/page/client.ts by',
      `   ${RENEW} */`,
    ].join('\n'),
  },
  write: false,
});
const made = outputFiles[0].text;

if (process.argv[2] === '--renew') {
  writeFileSync(kept, made);
} else if (read(kept) !== made) {
  console.error(`${KEPT} is out of date. Renew it:\n  ${RENEW}`);
  process.exitCode = 1;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
