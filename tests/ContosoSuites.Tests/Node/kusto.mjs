// Reads and runs queries, one a line until the input ends, with Microsoft's own parser. In: {query, tables, rows, now}: `tables`
// are the schemas by name; with `rows`, the rows of each by its name, the query is run too, at `now`.
// Out: {diagnostics: [...], columns: ["Name:type", ...], rows, error}.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { evaluate } from './kusto-engine.mjs';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.js');
const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;

const list = (items) => Array.from({ length: items.Count }, (_, i) => items.getItem(i));
const parsed = new Map();

const analyse = (text, schemas) => {
  const key = JSON.stringify([text, schemas]);
  if (!parsed.has(key)) {
    const tables = Object.entries(schemas).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
    const code = KustoCode.ParseAndAnalyze(text, GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('logs', tables)));
    parsed.set(key, {
      code,
      schema: Object.fromEntries(tables.map((table) => [table.Name, list(table.Columns).map((column) => ({ name: column.Name, type: column.Type.Name }))])),
      diagnostics: list(code.GetDiagnostics()).map((d) => `line ${text.slice(0, d.Start).split('\n').length}: ${d.Code} ${d.Message}`),
      columns: list(code.ResultType.Columns).map((column) => `${column.Name}:${column.Type.Name}`),
    });
  }

  return parsed.get(key);
};

const answer = ({ query, tables, rows, now }) => {
  const { code, schema, ...result } = analyse(query, tables);
  try {
    return rows && result.diagnostics.length === 0 ? { ...result, rows: evaluate(code, schema, rows, now) } : result;
  } catch (error) {
    return { ...result, error: error.message };
  }
};

console.log('{}');
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(JSON.parse(line))));
}
