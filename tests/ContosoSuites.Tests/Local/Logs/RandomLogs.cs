using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>
/// Logs of an hour and what lies beside it, from a seed: attempts at three instances as the policy traces them, callers that leave,
/// rows that come twice or late, tokens in pieces, and traces that are cut or missing.
/// </summary>
internal static class RandomLogs
{
    private const int Hour = 3600;

    private static readonly Gen<Attempt> Attempts =
        from instance in Gen.Choose(0, 2)
        from code in Gen.Frequency((8, Gen.Constant(200)), (3, Gen.Constant(429)), (3, Gen.Constant(0)), (1, Gen.Elements(400, 404, 408, 409, 499, 500, 503)))
        from region in Gen.Frequency((4, Gen.Constant(new[] { "north", "south", "east" }[instance])), (1, Gen.Elements("North", "SOUTH ", "")))
        from milliseconds in Gen.Choose(1, 500)
        select new Attempt(new[] { "a", "b", "c" }[instance], new[] { "a.example:443", "b.example:8443", "c.example:4433" }[instance], code == 0 ? "" : region, code, milliseconds);

    private static readonly Gen<Piece> Pieces =
        from beside in Gen.Frequency((6, Gen.Choose(0, 5)), (1, Gen.Choose(-2 * Hour, 2 * Hour)))
        from late in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(0, 2 * Hour)))
        from prompt in Gen.Frequency<int?>((5, Gen.Choose(0, 900).Select(tokens => (int?)tokens)), (1, Gen.Constant<int?>(null)))
        from completion in Gen.Frequency<int?>((3, Gen.Choose(0, 90).Select(tokens => (int?)tokens)), (1, Gen.Constant<int?>(null)))
        select new Piece(beside, late, prompt, completion);

    private static readonly Gen<Request> Requests =
        from second in Gen.Frequency((9, Gen.Choose(0, Hour - 1)), (1, Gen.Elements(-1, 0, Hour - 1, Hour)))
        from attempts in Gen.Frequency((8, Gen.Choose(1, 3)), (1, Gen.Constant(0))).SelectMany(count => Gen.ArrayOf(Attempts, count))
        from left in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from told in Gen.Frequency((10, Gen.Constant(Told.Wholly)), (5, Gen.Elements(Enum.GetValues<Told>())))
        from reason in Gen.Elements("BackendConnectionFailure", "Timeout", "")
        from copies in Gen.Frequency((8, Gen.Constant(new[] { 0 })), (1, Gen.Constant(new[] { 0, 0 })), (1, Gen.Constant(new[] { 7, 0, 301 })))
        from late in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(0, 2 * Hour)))
        from pieces in Gen.Choose(0, 3).SelectMany(count => Gen.ArrayOf(Pieces, count))
        from function in Gen.Elements("Chat", "MaintenanceCopilotChat", "")
        from deployment in Gen.Elements("gpt-5.4-mini", "text-embedding-3-small")
        from api in Gen.Frequency((15, Gen.Constant("azure-openai")), (1, Gen.Constant("another-api")))
        from pool in Gen.Elements(true, false)
        from total in Gen.Choose(1, 1000)
        select new Request(second, attempts, left, told, reason, copies, late, pieces, function, deployment, api, pool, total);

    /// <summary>How a request's trace came into the log.</summary>
    internal enum Told
    {
        Wholly,
        InSeveralTraces,
        WithoutTheLast,
        WithTheLastOneCut,
        WithoutNumbers,
        EmptyMessage,
        CutJson,
        Not,
    }

    /// <summary>So many logs, each of so many requests.</summary>
    public static IEnumerable<Request[]> Sample(int logs, int requests, ulong seed) =>
        Gen.ArrayOf(Requests, requests).Sample(50, new Rnd(seed, 11UL), logs);

    /// <summary>Writes them, and gives the rows of ApiManagementGatewayLogs.</summary>
    public static List<Row> Write(LogWorkspace logs, Request[] requests)
    {
        var rows = new List<Row>();
        foreach (var (number, request) in requests.Index())
        {
            foreach (var (copy, after) in request.Copies.Index())
            {
                // Of several copies at different times, those after the first say something else.
                var row = request.At($"{number}", after, wentWrong: copy > 0 && after > 0);
                rows.Add(row);
                logs.Request(
                    row.Id, Clock(row.Second), row.Code, function: request.Function, deployment: request.Deployment, backend: row.Backend, url: row.Url,
                    backendCode: row.BackendCode, backendTime: request.Attempts.Sum(attempt => attempt.Milliseconds), total: request.Total + copy * after,
                    reason: row.Reason, api: row.Api, ingested: Clock(row.Second + request.Late), traces: request.Traces());
            }

            foreach (var (sequence, piece) in request.Pieces.Index())
            {
                logs.Tokens($"{number}", Clock(request.Second + piece.Beside), piece.Prompt, piece.Completion, sequence, Clock(request.Second + piece.Beside + piece.Late));
            }
        }

        return rows;
    }

    private static string Clock(int second) => LogWorkspace.At("12:00:00").AddSeconds(second).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A row of ApiManagementGatewayLogs, as far as the alerts look at it.</summary>
    internal sealed record Row(string Id, int Second, string Api, int Code, string Backend, string Url, int? BackendCode, string Reason);

    internal sealed record Attempt(string Instance, string Host, string Region, int Code, int Milliseconds)
    {
        public string Line(int number) => $"attempt={number};region={Region};code={Code};host={Host};ms={Milliseconds}";
    }

    internal sealed record Piece(int Beside, int Late, int? Prompt, int? Completion);

    internal sealed record Request(
        int Second, Attempt[] Attempts, bool Left, Told Told, string Reason, int[] Copies, int Late, Piece[] Pieces, string Function, string Deployment, string Api,
        bool IsOfPool, int Total)
    {
        public Row At(string id, int after, bool wentWrong)
        {
            var last = Attempts.LastOrDefault();
            var code = Left ? 499 : wentWrong || last is { Code: 0 or 408 or >= 499 } ? 503 : last?.Code ?? 401;
            var reason = Left ? "ClientConnectionFailure" : last is null ? "SubscriptionKeyInvalid" : last.Code == 0 || Total % 10 == 0 ? Reason : "";
            return new Row(
                id, Second + after, Api, code, last is null ? "" : IsOfPool ? "pool" : last.Instance + "-chat",
                last is null ? "" : $"https://{last.Host}/openai", Left || last is null or { Code: 0 } ? null : last.Code, reason);
        }

        public string? Traces()
        {
            string[] lines = [.. Attempts.Select((attempt, i) => attempt.Line(i + 1))];
            return Told switch
            {
                Told.Not => null,
                Told.EmptyMessage => LogWorkspace.Traces(""),
                _ when lines.Length == 0 => "[]",
                Told.Wholly => LogWorkspace.Traces(string.Join('|', lines)),
                Told.InSeveralTraces => LogWorkspace.Traces(lines),
                Told.WithoutTheLast => LogWorkspace.Traces(string.Join('|', lines[..^1])),
                Told.WithTheLastOneCut => LogWorkspace.Traces(string.Join('|', [.. lines[..^1], lines[^1][..(Total % lines[^1].Length)]])),
                Told.WithoutNumbers => LogWorkspace.Traces(string.Join('|', lines.Select(line => line[(line.IndexOf(';') + 1)..]))),
                Told.CutJson => LogWorkspace.Traces(string.Join('|', lines))[..40],
                _ => throw new InvalidOperationException($"{Told}"),
            };
        }
    }
}
