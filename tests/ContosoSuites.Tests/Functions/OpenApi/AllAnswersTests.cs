using System.Globalization;
using System.Text.RegularExpressions;
using ContosoSuites.Functions.OpenApi;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunit;

namespace ContosoSuites.Tests.Functions.OpenApi;

/// <summary>The document names what the app has answered in all tests, and nothing that it never answers.</summary>
[Collection(LastCollection.Name)]
public sealed partial class AllAnswersTests
{
    /// <summary>What the recorder can not see: BrokenBodyTests sends such bodies byte by byte, with a client of its own.</summary>
    private static readonly string[] NeverSeen =
    [
        "POST /Chat 408 application/problem+json",
        "POST /MaintenanceCopilotChat 408 application/problem+json",
        "POST /MaintenanceRequests 408 application/problem+json",
        "POST /VectorSearch 408 application/problem+json",
        "POST /Vectorize 408 application/problem+json",
    ];

    [Fact]
    public async Task Every_answer_that_a_test_has_seen_is_described()
    {
        List<Described> operations = await ReadAsync();
        AnswerRecorder.Answer[] answers = [.. AnswerRecorder.Answers.Where(answer => !IsTheHosts(answer))];

        string[] undescribed =
        [
            .. from answer in answers
               let operation = operations.SingleOrDefault(operation => operation.Is(answer))
               let complaint = operation is null ? "is no operation" : operation.ComplaintOf(answer)
               where complaint is not null
               select $"{operation?.Name ?? $"{answer.Method} {answer.Path}"} {answer.Status} {answer.ContentType} [{answer.Headers}]: {complaint}",
        ];
        Assert.True(undescribed is [], string.Join('\n', undescribed.Distinct().Order(StringComparer.Ordinal)));
        Assert.True(answers.Length > 0 || !LastCollection.IsWholeRun, "Nothing was recorded.");
    }

    [Fact]
    public async Task Every_answer_that_is_described_was_seen_in_a_test()
    {
        Assert.SkipUnless(LastCollection.IsWholeRun, "Not all tests run, so not everything was seen.");
        List<Described> operations = await ReadAsync();

        string[] unseen =
        [
            .. from operation in operations
               let seen = AnswerRecorder.Answers.Where(operation.Is).ToArray()
               from response in operation.Operation.Responses!
               from contentType in response.Value.Content is { Count: > 0 } content ? content.Keys : [""]
               where !seen.Any(answer => $"{answer.Status}" == response.Key && (answer.ContentType ?? "") == contentType)
               select $"{operation.Name} {response.Key} {contentType}",
        ];

        string[] wrong = [.. unseen.Except(NeverSeen).Select(what => $"{what} was never seen"), .. NeverSeen.Except(unseen).Select(what => $"{what} was seen")];
        Assert.True(wrong is [], string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    /// <summary>
    /// The host and its servers answer without a body, and no document of an app's tells of it: no address (400, 414), no key (401), no such route
    /// or method (404), and a defect (500), which tests put into the app.
    /// </summary>
    private static bool IsTheHosts(AnswerRecorder.Answer answer) => answer is { ContentType: null, Status: 400 or 401 or 404 or 414 or 500 };

    private static async Task<List<Described>> ReadAsync()
    {
        string json = await new ApiDescription(new(), new(), new(), new()).Create("/api").SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, TestContext.Current.CancellationToken);
        ReadResult read = OpenApiDocument.Parse(json, "json");
        return [.. read.Document!.Paths.SelectMany(path => path.Value.Operations!.Select(operation => new Described(path.Key, operation.Key.Method, operation.Value)))];
    }

    private sealed partial record Described(string Path, string Method, OpenApiOperation Operation)
    {
        private readonly Regex _path = new($"^{Parameter().Replace(Path, "[^/]+")}/?$", RegexOptions.IgnoreCase);

        public string Name => $"{Method} {Path}";

        public bool Is(AnswerRecorder.Answer answer) => answer.Method == Method && _path.IsMatch(answer.Path);

        /// <summary>What the document does not say of an answer; null for nothing.</summary>
        public string? ComplaintOf(AnswerRecorder.Answer answer)
        {
            if (!Operation.Responses!.TryGetValue(answer.Status.ToString(CultureInfo.InvariantCulture), out IOpenApiResponse? described))
            {
                return "the status is not named";
            }

            if (answer.ContentType is null ? described.Content is { Count: > 0 } : described.Content?.ContainsKey(answer.ContentType) != true)
            {
                return "the content type is not named";
            }

            string[] unnamed = [.. answer.Headers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(described.Headers?.Keys ?? [], StringComparer.OrdinalIgnoreCase)];
            return unnamed is [] ? null : $"{string.Join(", ", unnamed)} not named";
        }

        [GeneratedRegex(@"\{\w+\}")]
        private static partial Regex Parameter();
    }
}
