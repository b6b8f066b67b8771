@export()
@description('A query with another value for one of its parameters, the lines "let NAME = VALUE;" at its top.')
func withParameter(query string, name string, value string) string =>
  join(map(split(query, '\n'), line => startsWith(line, 'let ${name} =') ? 'let ${name} = ${value};' : line), '\n')
