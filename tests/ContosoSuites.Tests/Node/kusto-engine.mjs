// Answers queries as Kusto does, over the syntax tree of Microsoft's parser: the operators and functions that the files of
// infra/queries and infra/alerts use, and no others. What it does not know, and what Kusto leaves to chance (one of several
// rows, where they differ and it matters), is an error that says so: such a query is not to be relied on.
//
// Values: string; number for int, long and real; BigInt (ticks of 100 ns) for datetime and timespan; boolean; what JSON.parse
// gives for dynamic. Null is null, and a string is never null. Types are those that the parser finds.

const kindOf = (node) => globalThis.Bridge.getTypeName(node).replace('Kusto.Language.Syntax.', '').replace(/`.*/, '');
const list = (items) => Array.from({ length: items.Count }, (_, i) => items.getItem(i));
const elements = (items) => list(items).map((item) => item.Element);
const typeOf = (node) => node.ResultType.Name;
const fail = (message) => { throw new Error(message); };
const unknown = (what, name) => fail(`The evaluator does not know the ${what} ${name}.`);

// Stands where Kusto may give one of several values.
const Arbitrary = Symbol('arbitrary');

const Ticks = { d: 864000000000n, h: 36000000000n, m: 600000000n, s: 10000000n, ms: 10000n };
const UnixEpoch = 621355968000000000n;

const isNumeric = (type) => type === 'int' || type === 'long' || type === 'real';
const isWhole = (type) => type === 'int' || type === 'long';
const empty = (type) => (type === 'string' ? '' : null);
const keyOf = (values) => JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
const same = (a, b) => keyOf([a]) === keyOf([b]);

// Nulls come first; strings go by their code points, as in UTF-8.
const compare = (a, b) => {
  if (a === null || b === null) {
    return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  }

  return typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0;
};

const toText = (value) => {
  if (value === null) {
    return '';
  }

  switch (typeof value) {
    case 'string': return value;
    case 'number': return String(value);
    case 'object': return JSON.stringify(value);
    default: return unknown('text of a', typeof value);
  }
};

const toNumber = (value, type) => {
  if (typeof value === 'string') {
    value = (type === 'real' ? /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i : /^\s*[-+]?\d+\s*$/).test(value) ? Number(value) : null;
  }

  if (value === null || typeof value === 'object') {
    return null;
  }

  if (typeof value !== 'number') {
    return unknown('number of a', typeof value);
  }

  const number = type === 'real' ? value : Math.trunc(value);
  return type === 'int' && number !== (number | 0) ? null : number;
};

const convert = (value, type) => (type === 'string' ? toText(value) : isNumeric(type) ? toNumber(value, type) : unknown('conversion to', type));

// A value of a log's column. What is no JSON stays text in a dynamic column.
const read = (value, type) => {
  switch (type) {
    case 'datetime': return BigInt(value);
    case 'bool': return value === null ? null : Boolean(value);
    case 'dynamic':
      try {
        return JSON.parse(value);
      } catch {
        return value;
      }
    default: return value;
  }
};

const write = (value, type) => {
  if (value === Arbitrary) {
    return fail('The answer has a column whose value Kusto chooses.');
  }

  if (value === null) {
    return null;
  }

  switch (type) {
    case 'datetime': return String(value);
    case 'dynamic': return JSON.stringify(sorted(value));
    case 'real': return Number.isFinite(value) ? value : String(value);
    default: return value;
  }
};

// The keys of a bag have no order.
const sorted = (value) => (value === null || typeof value !== 'object' ? value
  : Array.isArray(value) ? value.map(sorted)
    : Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])));

// --- Scalars: each is compiled to a function of a row. ---

const literal = (node) => {
  const type = typeOf(node);
  const text = node.Token.Text;
  const inner = /^\w+\((.*)\)$/s.exec(text)?.[1].trim() ?? text;
  if (inner === 'null') {
    return null;
  }

  switch (type) {
    case 'string': return node.LiteralValue;
    case 'bool': return inner === 'true';
    case 'int': case 'long': case 'real': return toNumber(inner, type);
    case 'timespan': {
      const [, count, unit] = /^(\d+)(d|h|m|s|ms)$/.exec(inner) ?? unknown('timespan', text);
      return BigInt(count) * Ticks[unit];
    }
    case 'datetime': {
      const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(inner) ? Date.parse(inner) : unknown('datetime', text);
      return BigInt(moment) * Ticks.ms + UnixEpoch;
    }
    default: return unknown('literal', text);
  }
};

// Equality of a null and something else is false, of two nulls it is null.
const equal = (a, b) => (a === null && b === null ? null : a === b);
const negate = (value) => (value === null ? null : !value);
const unlessNull = (apply) => (a, b) => (a === null || b === null ? null : apply(a, b));
const comparable = (left, right) => left === right || (isNumeric(left) && isNumeric(right));

const Comparisons = {
  '==': equal,
  '!=': (a, b) => negate(equal(a, b)),
  '<': unlessNull((a, b) => compare(a, b) < 0),
  '<=': unlessNull((a, b) => compare(a, b) <= 0),
  '>': unlessNull((a, b) => compare(a, b) > 0),
  '>=': unlessNull((a, b) => compare(a, b) >= 0),
};

const TextOperators = {
  contains: (a, b) => a.toLowerCase().includes(b.toLowerCase()),
  contains_cs: (a, b) => a.includes(b),
};

const Arithmetic = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const and = (a, b) => (a === false || b === false ? false : a === null || b === null ? null : true);
const or = (a, b) => (a === true || b === true ? true : a === null || b === null ? null : false);

const binary = (node, columns, run) => {
  const operator = node.Operator.Text;
  const [left, right] = [node.Left, node.Right].map((side) => compile(side, columns, run));
  const [leftType, rightType] = [typeOf(node.Left), typeOf(node.Right)];
  if (operator === 'and') {
    return (row) => { const value = left(row); return value === false ? false : and(value, right(row)); };
  }

  if (operator === 'or') {
    return (row) => { const value = left(row); return value === true ? true : or(value, right(row)); };
  }

  if (Object.hasOwn(Comparisons, operator)) {
    return comparable(leftType, rightType) && leftType !== 'dynamic'
      ? (row) => Comparisons[operator](left(row), right(row))
      : unknown('comparison', `${leftType} ${operator} ${rightType}`);
  }

  const [, not, name] = /^(!?)(.*)$/.exec(operator);
  if (Object.hasOwn(TextOperators, name) && leftType === 'string' && rightType === 'string') {
    return (row) => TextOperators[name](left(row), right(row)) !== (not === '!');
  }

  const inTime = leftType === 'datetime' && rightType === 'timespan' && (operator === '+' || operator === '-');
  if (!Object.hasOwn(Arithmetic, operator) || !(inTime || (isNumeric(leftType) && isNumeric(rightType)))) {
    return unknown('operator', `${leftType} ${operator} ${rightType}`);
  }

  const apply = unlessNull(Arithmetic[operator]);
  if (!isWhole(typeOf(node))) {
    return (row) => apply(left(row), right(row));
  }

  // Whole numbers are divided into whole numbers, and by nothing into null.
  return (row) => { const value = apply(left(row), right(row)); return value === null || !Number.isFinite(value) ? null : Math.trunc(value); };
};

const between = (node, columns, run) => {
  const [value, low, high] = [node.Left, node.Right.First, node.Right.Second].map((side) => compile(side, columns, run));
  const within = (row) => { const v = value(row); return and(Comparisons['>='](v, low(row)), Comparisons['<='](v, high(row))); };
  switch (node.Operator.Text) {
    case 'between': return within;
    case '!between': return (row) => negate(within(row));
    default: return unknown('operator', node.Operator.Text);
  }
};

const isIn = (node, columns, run) => {
  const value = compile(node.Left, columns, run);
  const choices = elements(node.Right.Expressions);
  if (!choices.every((choice) => comparable(typeOf(node.Left), typeOf(choice)))) {
    unknown('list', node.ToString());
  }

  const compiled = choices.map((choice) => compile(choice, columns, run));
  const within = (row) => { const v = value(row); return v === null ? null : compiled.some((choice) => choice(row) === v); };
  switch (node.Operator.Text) {
    case 'in': return within;
    case '!in': return (row) => negate(within(row));
    default: return unknown('operator', node.Operator.Text);
  }
};

const member = (value, key) => {
  const of = Array.isArray(value) ? typeof key === 'number' : value !== null && typeof value === 'object' && typeof key === 'string';
  return of && Object.hasOwn(value, key) ? value[key] : null;
};

const strings = (...values) => values.every((value) => typeof value === 'string');
const regex = (text, flags) => new RegExp(text, flags);
const isEmpty = (value) => toText(value) === '';
const number = (apply) => (value) => (value === null ? null : apply(value));

const extract = (pattern, group, text) => {
  if (!strings(pattern, text)) {
    fail('extract takes texts.');
  }

  return regex(pattern, 'u').exec(text)?.[group] ?? '';
};

// Functions of values. Those whose arguments have to be of one type are below.
const Functions = {
  abs: number(Math.abs),
  bag_pack: (...pairs) => Object.fromEntries(Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i], pairs[2 * i + 1]])),
  bin: (value, size) => (value === null ? null : typeof value === 'bigint' ? value - (value % size) : Math.floor(value / size) * size),
  extract,
  isempty: isEmpty,
  isfinite: number(Number.isFinite),
  isnotempty: (value) => !isEmpty(value),
  isnotnull: (value) => value !== null,
  isnull: (value) => value === null,
  not: negate,
  replace_regex: (text, pattern, by) => (by.includes('\\') || by.includes('$') ? unknown('replacement', by) : text.replace(regex(pattern, 'gu'), by)),
  replace_string: (text, what, by) => text.split(what).join(by),
  split: (text, by) => text.split(by),
  sqrt: number(Math.sqrt),
  strcat_array: (values, by) => values.map(toText).join(by),
  todouble: (value) => toNumber(value, 'real'),
  toint: (value) => toNumber(value, 'int'),
  tolong: (value) => toNumber(value, 'long'),
  tolower: (text) => text.toLowerCase(),
  toreal: (value) => toNumber(value, 'real'),
  tostring: toText,
};

// Functions that choose: by the positions of what they choose from, and how.
const Choices = {
  case: {
    of: (nodes) => nodes.filter((_, i) => i % 2 === 1 || i === nodes.length - 1),
    choose: (args, row) => {
      for (let i = 0; i + 1 < args.length; i += 2) {
        if (args[i](row) === true) {
          return args[i + 1](row);
        }
      }

      return args.at(-1)(row);
    },
  },
  coalesce: {
    of: (nodes) => nodes,
    choose: (args, row) => {
      let value = null;
      for (let i = 0; i < args.length && (value === null || value === ''); i++) {
        value = args[i](row);
      }

      return value;
    },
  },
  iff: { of: (nodes) => nodes.slice(1), choose: ([condition, then, otherwise], row) => (condition(row) === true ? then(row) : otherwise(row)) },
  max_of: { of: (nodes) => nodes, choose: (args, row) => args.map((arg) => arg(row)).reduce((a, b) => (compare(a, b) >= 0 ? a : b)) },
};

const call = (node, columns, run) => {
  const name = node.Name.SimpleName;
  const nodes = elements(node.ArgumentList.Expressions);
  if (name === 'now' && nodes.length === 0) {
    return () => run.now;
  }

  const args = nodes.map((argument) => compile(argument, columns, run));
  if (name === 'ago') {
    return (row) => run.now - args[0](row);
  }

  if (Object.hasOwn(Choices, name)) {
    const types = [...new Set(Choices[name].of(nodes).map(typeOf))];
    return types.length === 1 ? (row) => Choices[name].choose(args, row) : fail(`${name} mixes ${types.join(' and ')}: ${node.ToString().trim()}`);
  }

  return Object.hasOwn(Functions, name) ? (row) => Functions[name](...args.map((arg) => arg(row))) : unknown('function', name);
};

const reference = (node, columns, run) => {
  const name = node.SimpleName;
  const index = columns.findIndex((column) => column.name === name);
  if (index < 0) {
    const value = run.variables.has(name) ? run.variables.get(name) : unknown('name', name);
    return () => value;
  }

  return (row) => (row[index] === Arbitrary ? fail(`${name} is one of several values, and Kusto chooses.`) : row[index]);
};

const compile = (node, columns, run) => {
  const inner = (part) => compile(part, columns, run);
  switch (kindOf(node)) {
    case 'LiteralExpression': { const value = literal(node); return () => value; }
    case 'DynamicExpression': { const value = JSON.parse(node.Expression.ToString()); return () => value; }
    case 'NameReference': return reference(node, columns, run);
    case 'ParenthesizedExpression': return inner(node.Expression);
    case 'SimpleNamedExpression': return inner(node.Expression);
    case 'BinaryExpression': return binary(node, columns, run);
    case 'BetweenExpression': return between(node, columns, run);
    case 'InExpression': return isIn(node, columns, run);
    case 'FunctionCallExpression': return call(node, columns, run);
    case 'PathExpression': { const of = inner(node.Expression); const key = node.Selector.SimpleName; return (row) => member(of(row), key); }
    case 'ElementExpression': {
      const [of, key] = [inner(node.Expression), inner(node.Selector.Expression)];
      return (row) => member(of(row), key(row));
    }
    case 'ToScalarExpression': { const { rows } = table(node.Expression, run); const value = rows.length === 0 ? null : rows[0][0]; return () => value; }
    default: return unknown('expression', kindOf(node));
  }
};

// --- Aggregates: each is compiled to a function of the rows of a group, which gives one value or, for arg_min, several. ---

const numbers = (rows, value) => rows.map(value).filter((v) => v !== null);
const sum = (values) => values.reduce((a, b) => a + b, 0);
const best = (values, sign) => values.reduce((a, b) => (sign * compare(b, a) < 0 ? b : a), values[0] ?? null);
const chosen = (values) => (values.every((value) => same(value, values[0])) ? values[0] ?? null : Arbitrary);
const average = (values) => sum(values) / values.length;

const percentile = (values, rank) => {
  values.sort(compare);
  return values[Math.max(Math.ceil((values.length * rank) / 100), 1) - 1] ?? null;
};

const makeBag = (bags) => {
  const merged = new Map();
  for (const [key, value] of bags.flatMap((bag) => Object.entries(bag))) {
    merged.set(key, merged.has(key) && !same(merged.get(key), value) ? fail(`make_bag has several values of ${key}, and Kusto chooses.`) : value);
  }

  return Object.fromEntries(merged);
};

const Aggregates = {
  avg: (rows, value) => average(numbers(rows, value)),
  avgif: (rows, value, condition) => average(numbers(rows.filter((row) => condition(row) === true), value)),
  count: (rows) => rows.length,
  countif: (rows, condition) => rows.filter((row) => condition(row) === true).length,
  dcount: (rows, value) => new Set(numbers(rows, value)).size,
  make_bag: (rows, value) => makeBag(numbers(rows, value)),
  make_list: (rows, value) => numbers(rows, value),
  max: (rows, value) => best(numbers(rows, value), -1),
  min: (rows, value) => best(numbers(rows, value), 1),
  percentile: (rows, value, rank) => percentile(numbers(rows, value), rank(rows[0])),
  sum: (rows, value) => sum(numbers(rows, value)),
  take_any: (rows, value) => chosen(rows.map(value)),
};

// The row with the least (or greatest) value, or of several such rows what is the same in all.
const extreme = (rows, values, sign) => {
  const of = rows.filter((row) => values[0](row) !== null);
  const key = best(of.map(values[0]), sign);
  return values.map((value) => chosen(of.filter((row) => same(values[0](row), key)).map(value)));
};

const aggregate = (node, columns, taken, run) => {
  if (kindOf(node) === 'SimpleNamedExpression') {
    return aggregate(node.Expression, columns, taken, run);
  }

  if (kindOf(node) !== 'FunctionCallExpression') {
    return unknown('aggregate', kindOf(node));
  }

  const name = node.Name.SimpleName;
  const nodes = elements(node.ArgumentList.Expressions);
  if (name === 'arg_min' || name === 'arg_max') {
    const key = nodes[0].SimpleName ?? unknown('key of', name);
    const others = kindOf(nodes[1]) === 'StarExpression'
      ? columns.map((column) => column.name).filter((column) => column !== key && !taken.includes(column)).map((column) => columnAt(columns, column))
      : nodes.slice(1).map((argument) => compile(argument, columns, run));
    const values = [compile(nodes[0], columns, run), ...others];
    return (rows) => extreme(rows, values, name === 'arg_min' ? 1 : -1);
  }

  const args = nodes.map((argument) => compile(argument, columns, run));
  return Object.hasOwn(Aggregates, name) ? (rows) => [Aggregates[name](rows, ...args)] : unknown('aggregate', name);
};

const groupBy = (rows, keyOfRow) => {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOfRow(row);
    groups.set(key, groups.get(key) ?? []);
    groups.get(key).push(row);
  }

  return groups;
};

const columnAt = (columns, name) => {
  const index = columns.findIndex((column) => column.name === name);
  return (row) => row[index];
};

// --- Tables: an operator makes one of another. ---

const columnsOf = (node) => list(node.ResultType.Columns).map((column) => ({ name: column.Name, type: column.Type.Name }));

const nameOf = (node) => (kindOf(node) === 'SimpleNamedExpression' ? node.Name.SimpleName : kindOf(node) === 'NameReference' ? node.SimpleName : unknown('name of', node.ToString().trim()));

const project = (node, { columns, rows }, run) => {
  const values = elements(node.Expressions).map((expression) => compile(expression, columns, run));
  return rows.map((row) => values.map((value) => value(row)));
};

const extend = (node, { columns, rows }, run) => {
  const values = new Map(elements(node.Expressions).map((expression) => [nameOf(expression), compile(expression, columns, run)]));
  const all = columnsOf(node).map((column) => values.get(column.name) ?? columnAt(columns, column.name));
  return rows.map((row) => all.map((value) => value(row)));
};

const summarize = (node, { columns, rows }, run) => {
  const by = node.ByClause === null ? [] : elements(node.ByClause.Expressions);
  const keys = by.map((expression) => compile(expression, columns, run));
  const taken = by.filter((expression) => kindOf(expression) === 'NameReference').map(nameOf);
  const aggregates = elements(node.Aggregates).map((expression) => aggregate(expression, columns, taken, run));
  const valuesOf = (row) => keys.map((key) => key(row));

  // Without a by there is one group, also of no rows.
  const groups = by.length === 0 ? [rows] : [...groupBy(rows, (row) => keyOf(valuesOf(row))).values()];
  return groups.map((group) => [...(by.length === 0 ? [] : valuesOf(group[0])), ...aggregates.flatMap((of) => of(group))]);
};

// Null stays as one row, an empty array as none; a bag becomes one of a key each, and a single value stays itself.
const expanded = (value) => {
  if (value === null || typeof value !== 'object') {
    return [value];
  }

  return Array.isArray(value) ? value : Object.entries(value).map(([key, of]) => ({ [key]: of }));
};

const mvExpand = (node, { columns, rows }, run) => {
  const expressions = elements(node.Expressions);
  if (expressions.length !== 1 || node.Parameters.Count > 0 || node.RowLimitClause !== null) {
    unknown('form of', 'mv-expand');
  }

  const [{ Expression: expression, ToTypeOf: to }] = expressions;
  const value = compile(expression, columns, run);
  const all = columnsOf(node);
  const type = all.find((column) => column.name === nameOf(expression)).type;
  if (to !== null && type !== 'string') {
    unknown('mv-expand to', type);
  }

  return rows.flatMap((row) => expanded(value(row)).map((item) => all.map((column) => (
    column.name === nameOf(expression) ? (type === 'dynamic' ? item : convert(item, type)) : columnAt(columns, column.name)(row)))));
};

// parse of the kind simple: what a pattern says from the beginning of a text, and all of it or nothing.
const parse = (node, { columns, rows }, run) => {
  const text = compile(node.Expression, columns, run);
  if (node.Parameters.Count > 0 || typeOf(node.Expression) !== 'string') {
    unknown('form of', 'parse');
  }

  let pattern = '';
  const found = [];
  for (const part of list(node.Patterns)) {
    switch (kindOf(part)) {
      case 'LiteralExpression': pattern += part.LiteralValue.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'); break;
      case 'StarExpression': pattern += '[^]*?'; break;
      case 'NameDeclaration': found.push({ name: part.SimpleName, type: 'string' }); pattern += '([^]*?)'; break;
      case 'NameAndTypeDeclaration': {
        const type = part.Type.ToString().trim();
        found.push({ name: part.Name.SimpleName, type });
        pattern += isWhole(type) ? '(-?\\d+)' : unknown('parse of', type);
        break;
      }
      default: unknown('pattern', kindOf(part));
    }
  }

  const whole = new RegExp(`^${pattern}$`, 'u');
  const all = columnsOf(node).map((column) => ({ ...column, at: found.findIndex((part) => part.name === column.name) }));
  return rows.map((row) => {
    const groups = whole.exec(text(row));
    const values = groups && found.map((part, i) => convert(groups[i + 1], part.type));
    const matches = values !== null && values.every((value) => value !== null);
    return all.map((column) => (column.at < 0 ? columnAt(columns, column.name)(row) : matches ? values[column.at] : empty(column.type)));
  });
};

const parameter = (node, name) => list(node.Parameters).find((of) => of.Name.SimpleName === name)?.Expression.Token.Text;

const join = (node, left, run) => {
  const kind = parameter(node, 'kind');
  if (!['inner', 'leftouter', 'rightouter'].includes(kind)) {
    unknown('join kind', kind ?? '(none: innerunique, which leaves out rows)');
  }

  const right = table(node.Expression, run);
  const names = elements(node.ConditionClause.Expressions).map(nameOf);
  const keys = (of) => { const values = names.map((name) => columnAt(of.columns, name)); return (row) => keyOf(values.map((value) => value(row))); };
  const [leftKey, rightKey] = [keys(left), keys(right)];
  const byKey = groupBy(right.rows, rightKey);
  const nothing = (of) => of.columns.map((column) => empty(column.type));
  const joined = [];
  const met = new Set();
  for (const row of left.rows) {
    const key = leftKey(row);
    if (JSON.parse(key).includes(null)) {
      unknown('join of', 'null');
    }

    met.add(key);
    const matches = byKey.get(key) ?? (kind === 'leftouter' ? [nothing(right)] : []);
    joined.push(...matches.map((match) => [...row, ...match]));
  }

  const rest = kind === 'rightouter' ? right.rows.filter((row) => !met.has(rightKey(row))) : [];
  return [...joined, ...rest.map((row) => [...nothing(left), ...row])];
};

const union = (node, input, run) => {
  const tables = [...(input === null ? [] : [input]), ...elements(node.Expressions).map((expression) => table(expression, run))];
  return tables.flatMap(({ columns, rows }) => {
    const all = columnsOf(node).map((column) => {
      const own = columns.find((of) => of.name === column.name);
      return own === undefined ? () => empty(column.type) : own.type === column.type ? columnAt(columns, column.name) : fail(`union mixes types of ${column.name}.`);
    });
    return rows.map((row) => all.map((value) => value(row)));
  });
};

const sort = (node, { columns, rows }, run) => {
  const orders = elements(node.Expressions).map((expression) => {
    const isOrdered = kindOf(expression) === 'OrderedExpression';
    const ascending = isOrdered && expression.Ordering?.AscOrDescKeyword?.Text === 'asc';
    if (isOrdered && expression.Ordering?.NullsClause) {
      unknown('order of', 'nulls');
    }

    return { value: compile(isOrdered ? expression.Expression : expression, columns, run), sign: ascending ? 1 : -1 };
  });
  const keyed = rows.map((row) => ({ row, keys: orders.map((order) => order.value(row)) }));
  const difference = (a, b) => orders.reduce((result, { sign }, i) => result || sign * compare(a.keys[i], b.keys[i]), 0);
  return keyed.sort(difference).map(({ row }) => row);
};

const filter = (node, { columns, rows }, run) => {
  const condition = compile(node.Condition, columns, run);
  return rows.filter((row) => condition(row) === true);
};

const name = (node, input, run) => {
  run.variables.set(node.Name.SimpleName, input);
  return input.rows;
};

const Operators = {
  AsOperator: name,
  ExtendOperator: extend,
  FilterOperator: filter,
  JoinOperator: join,
  MvExpandOperator: mvExpand,
  ParseOperator: parse,
  PrintOperator: project,
  ProjectOperator: project,
  SortOperator: sort,
  SummarizeOperator: summarize,
  UnionOperator: union,
};

const table = (node, run) => {
  switch (kindOf(node)) {
    case 'PipeExpression': return operate(node.Operator, table(node.Expression, run), run);
    case 'PrintOperator': return operate(node, { columns: [], rows: [[]] }, run);
    case 'ParenthesizedExpression': return table(node.Expression, run);
    case 'NameReference': return run.variables.get(node.SimpleName) ?? run.tables[node.SimpleName] ?? unknown('table', node.SimpleName);
    case 'MaterializeExpression': return table(node.Expression, run);
    default: return unknown('operator', kindOf(node));
  }
};

const operate = (node, input, run) => {
  const operator = Operators[kindOf(node)] ?? unknown('operator', kindOf(node));
  const columns = columnsOf(node);
  const rows = operator(node, input, run);
  if (rows.some((row) => row.length !== columns.length)) {
    fail(`${kindOf(node)} has made other columns than ${columns.map((column) => column.name).join(', ')}.`);
  }

  return { columns, rows };
};

/** The rows of a query: `tables` are rows of values by the name of the table, `schemas` its columns, `now` in ticks. */
export const evaluate = (code, schemas, tables, now) => {
  const run = { now: BigInt(now), variables: new Map(), tables: {} };
  for (const [name, columns] of Object.entries(schemas)) {
    run.tables[name] = { columns, rows: (tables[name] ?? []).map((row) => columns.map((column, i) => read(row[i], column.type))) };
  }

  let answer = null;
  for (const statement of elements(code.Syntax.Statements)) {
    switch (kindOf(statement)) {
      case 'LetStatement': {
        const { Expression: expression, Name: { SimpleName: name } } = statement;
        const value = expression.ResultType.Columns ? table(expression, run) : compile(expression, [], run)([]);
        run.variables.set(name, value);
        break;
      }
      case 'ExpressionStatement': answer = table(statement.Expression, run); break;
      default: unknown('statement', kindOf(statement));
    }
  }

  return answer.rows.map((row) => row.map((value, i) => write(value, answer.columns[i].type)));
};
