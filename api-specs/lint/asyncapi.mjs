// Fails unless the document of the events is valid AsyncAPI: node lint/asyncapi.mjs asyncapi/events.yaml
import { Parser, fromFile } from '@asyncapi/parser';

const ERROR_OR_WARNING = 1;
const [path] = process.argv.slice(2);
const { document, diagnostics } = await fromFile(new Parser(), path).parse();
const bad = diagnostics.filter((d) => d.severity <= ERROR_OR_WARNING);
for (const { code, message, range } of bad) {
  console.error(`${path}:${range.start.line + 1} ${code}: ${message}`);
}
if (!document || bad.length) process.exit(1);
console.log(`${document.messages().length} messages`);
