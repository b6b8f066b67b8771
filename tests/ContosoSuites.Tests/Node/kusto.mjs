// Analyses queries with Microsoft's own parser. In: QUERIES, {name: text}, and TABLES, {name: schema}, both JSON.
// Out: {name: {diagnostics: [...], columns: ["Name:type", ...]}}.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.js');
const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;

const list = (items) => Array.from({ length: items.Count }, (_, i) => items.getItem(i));
const tables = Object.entries(JSON.parse(process.env.TABLES)).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('logs', tables));

const analyse = (text) => {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  return {
    diagnostics: list(code.GetDiagnostics()).map((d) => `line ${text.slice(0, d.Start).split('\n').length}: ${d.Code} ${d.Message}`),
    columns: list(code.ResultType.Columns).map((column) => `${column.Name}:${column.Type.Name}`),
  };
};

const queries = Object.entries(JSON.parse(process.env.QUERIES));
console.log(JSON.stringify(Object.fromEntries(queries.map(([name, text]) => [name, analyse(text)]))));
