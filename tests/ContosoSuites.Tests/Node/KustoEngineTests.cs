using ContosoSuites.Tests.Local.Logs;
using Xunit;

namespace ContosoSuites.Tests.Node;

/// <summary>The evaluator answers what Kusto's documentation says, and what it does not know is an error.</summary>
public sealed class KustoEngineTests(KustoEngine kusto) : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("print a = int(null) == int(null), b = int(null) == int(1), c = int(null) != int(1), d = int(null) > int(1), e = 1 == 1", "null False True null True")]
    [InlineData("print a = not(int(null) > 1), b = int(null) > 1 and 1 > 2, c = int(null) > 1 or 2 > 1, d = iff(int(null) > 1, 'then', 'else')", "null False True 'else'")]
    [InlineData("print a = 'Code' contains 'cod', b = 'Code' contains_cs 'cod', c = 'Code' !contains_cs 'cod', d = 'Code' == 'code', e = 'a' in ('A', 'a')", "True False True False True")]
    [InlineData("print a = 7 / 2, b = 7.0 / 2, c = todouble(1) / 4, d = 1 / 0", "3 3.5 0.25 null")]
    [InlineData("print a = toint('12'), b = toint('1x'), c = tolong(''), d = toreal('1.5'), e = toint(3000000000)", "12 null null 1.5 null")]
    [InlineData("print a = extract(@'x=(\\d+)', 1, 'x=12;x=13'), b = extract(@'x=(\\d+)', 1, 'y'), c = replace_string('a:443:4433', ':443', ''), d = replace_regex('a:443:443', @':443$', '')", "'12' '' 'a3' 'a:443'")]
    [InlineData("print a = bin(datetime(2026-03-01T12:34:56Z), 5m), b = bin(datetime(2026-03-01T12:34:56Z), 1h) + 1m, c = 3 between (1 .. 3), d = 4 between (1 .. 3)", "12:30:00 12:01:00 True False")]
    [InlineData("print v = dynamic({\"a\":{\"b\":[1,\"x\"]}}) | project a = tostring(v.a), b = tostring(v.a.b[1]), c = tostring(v.none.b), d = isempty(v.none), e = isnull(v.a.b[7])", "'{\"b\":[1,\"x\"]}' 'x' '' True True")]
    [InlineData("print a = coalesce(int(null), int(2)), b = coalesce('', 'x'), c = case(1 > 2, 'a', int(null) > 1, 'b', 'c'), d = isempty(''), e = isnotempty(dynamic(null))", "2 'x' 'c' True False")]
    [InlineData("print a = split('', '|') | mv-expand a to typeof(string)", "''")]
    [InlineData("print a = dynamic(null) | mv-expand a", "null")]
    [InlineData("print a = dynamic([]) | mv-expand a")]
    [InlineData("print a = dynamic([1, null, \"x\"]) | mv-expand a to typeof(string)", "'1'", "''", "'x'")]
    [InlineData("print a = dynamic({\"x\":1,\"y\":2}) | mv-expand a", "'{\"x\":1}'", "'{\"y\":2}'")]
    [InlineData("print t = 'n=12;s=a;b' | parse t with 'n=' N:int ';s=' S", "'n=12;s=a;b' 12 'a;b'")]
    [InlineData("print t = 'n=x;s=a' | parse t with 'n=' N:int ';s=' S", "'n=x;s=a' null ''")]
    [InlineData("print t = ' n=1;s=a' | parse t with 'n=' N:int ';s=' S", "' n=1;s=a' null ''")]
    [InlineData("print t = ' n=1!' | parse t with * 'n=' N:int *", "' n=1!' 1")]
    [InlineData("print x = 1 | where x > 1 | summarize count(), sum(x), max(x), countif(x > 0), dcount(x), make_list(x), take_any(x)", "0 0 null 0 0 '[]' null")]
    [InlineData("print x = 1 | where x > 1 | summarize count() by x")]
    [InlineData("print x = dynamic([1, 2, null, 3]) | mv-expand x | extend x = tolong(x) | summarize count(), sum(x), avg(x), min(x), max(x), percentile(x, 50), percentile(x, 95), avgif(x, x > 1)", "4 6 2 1 3 2 3 2.5")]
    [InlineData("print x = dynamic([3, null, 1]) | mv-expand x | extend x = toint(x) | order by x asc", "null", "1", "3")]
    [InlineData("print x = dynamic([3, null, 1]) | mv-expand x | extend x = toint(x) | order by x", "3", "1", "null")]
    [InlineData("print x = dynamic([2, 1, 3]) | mv-expand x | extend x = toint(x) | order by x asc | summarize l = make_list(x) | project l, s = strcat_array(l, '-')", "'[1,2,3]' '1-2-3'")]
    [InlineData("let t = print k = 'a', v = 1; print k = 'b', w = 2 | join kind=leftouter t on k", "'b' 2 '' null")]
    [InlineData("let t = print k = 'a', v = 1; print k = 'b', w = 2 | join kind=rightouter t on k", "'' null 'a' 1")]
    [InlineData("let t = print k = 'a', v = 1; print k = 'a', w = 2 | join kind=inner (t | union t) on k", "'a' 2 'a' 1", "'a' 2 'a' 1")]
    [InlineData("print v = 1 | union (print v = 2, w = 'x')", "1 ''", "2 'x'")]
    [InlineData("print v = 1 | union (print v = 2) | as t | extend total = toscalar(t | summarize sum(v))", "1 3", "2 3")]
    [InlineData("print v = dynamic([1, 2, null]), w = 'x' | mv-expand v | extend u = tostring(v), v = toint(v) | summarize arg_max(v, *) by w", "'x' 2 '2'")]
    public async Task Answers_as_Kusto_does(string query, params string[] rows)
    {
        Assert.Equal(rows, await _logs.RunAsync(kusto, query, LogWorkspace.At("13:00:00")));
    }

    [Theory]
    [InlineData("ApiManagementGatewayLogs | take 1", "operator TakeOperator")]
    [InlineData("ApiManagementGatewayLogs | distinct Url", "operator DistinctOperator")]
    [InlineData("print a = strlen('x')", "function strlen")]
    [InlineData("print a = 1 | summarize stdev(a)", "aggregate stdev")]
    [InlineData("print a = 'x' startswith 'y'", "operator string startswith string")]
    [InlineData("print a = 'x' =~ 'X'", "operator string =~ string")]
    [InlineData("print a = dynamic({}) | where a.b == 'x'", "comparison dynamic == string")]
    [InlineData("print a = coalesce(int(null), 0)", "coalesce mixes int and long")]
    [InlineData("print a = iff(1 > 2, int(1), 2)", "iff mixes int and long")]
    [InlineData("print k = 1 | join (print k = 1) on k", "join kind")]
    [InlineData("print k = int(null) | join kind=inner (print k = int(null)) on k", "join of null")]
    [InlineData("print t = 'x' | parse kind=regex t with 'x' X", "form of parse")]
    [InlineData("print v = dynamic([1, 2]) | mv-expand v | extend v = toint(v), t = 1 | summarize arg_min(t, v)", "has a column whose value Kusto chooses")]
    [InlineData("print v = dynamic([1, 2]) | mv-expand v | extend v = toint(v) | summarize v = take_any(v) | where v == 1", "v is one of several values, and Kusto chooses")]
    public async Task What_it_does_not_know_or_Kusto_leaves_to_chance_is_an_error(string query, string expected)
    {
        Assert.Contains(expected, (await RunAsync(query)).Error, StringComparison.Ordinal);
    }

    private Task<KustoAnswer> RunAsync(string query) => kusto.RunAsync(
        query, new Dictionary<string, IReadOnlyList<object?[]>>(), DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
}
