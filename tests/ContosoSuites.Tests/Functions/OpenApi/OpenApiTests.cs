using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Tests.Functions.Distribution;
using ContosoSuites.Tests.Functions.Maintenance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunit;

namespace ContosoSuites.Tests.Functions.OpenApi;

/// <summary>openapi.json says what the functions' attributes say, can be read by tools, and tells the truth about real answers.</summary>
public sealed partial class OpenApiTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private static readonly string[] Headers = ["x-served-by", "x-conversation-id", "Location", "Link", "ETag"];

    private readonly HttpClient _app = shared.System.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_every_route_and_method_of_the_functions_and_no_others()
    {
        OpenApiDocument document = await ReadAsync();

        Assert.Equal(
            HttpTriggers().SelectMany(trigger => trigger.Routes.SelectMany(route => trigger.Methods.Select(method => $"{method} {route}"))).Order(StringComparer.Ordinal),
            Operations(document).Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wants_a_key_where_the_functions_do()
    {
        OpenApiDocument document = await ReadAsync();
        Assert.Equal(["x-functions-key", "code"], document.Security!.Select(requirement => Assert.Single(requirement).Key.Name));

        foreach ((string path, string method, OpenApiOperation operation) in Operations(document))
        {
            AuthorizationLevel level = HttpTriggers().Single(trigger => trigger.Routes.Contains(path) && trigger.Methods.Contains(method)).Level;

            // An empty list takes away what the document asks for in general.
            Assert.True(operation.Security is { Count: 0 } == (level is AuthorizationLevel.Anonymous), $"{method} {path} is {level}");
        }
    }

    [Fact]
    public async Task Describes_every_route_parameter_and_no_others()
    {
        foreach ((string path, string method, OpenApiOperation operation) in Operations(await ReadAsync()))
        {
            Assert.Equal(
                RouteParameter().Matches(path).Select(match => match.Groups[1].Value),
                operation.Parameters?.Where(parameter => parameter.In is ParameterLocation.Path).Select(parameter => parameter.Name!) ?? []);
            Assert.DoesNotContain(operation.Parameters ?? [], parameter => string.IsNullOrWhiteSpace(parameter.Description));
            Assert.Equal(method == "POST", operation.RequestBody is not null);
        }
    }

    [Fact]
    public async Task Has_an_id_of_its_own_and_a_summary_for_every_operation()
    {
        List<(string Path, string Method, OpenApiOperation Operation)> operations = Operations(await ReadAsync());

        Assert.Equal(operations.Count, operations.Select(operation => operation.Operation.OperationId).Distinct(StringComparer.Ordinal).Count());
        Every.One(operations, operation => Assert.False(string.IsNullOrWhiteSpace(operation.Operation.Summary)));
        Every.One(operations, operation => Assert.Contains(operation.Operation.Responses!.Keys, status => status.StartsWith('2')));
    }

    [Fact]
    public async Task Describes_the_headers_that_matter()
    {
        Dictionary<string, OpenApiOperation> operations = Operations(await ReadAsync()).ToDictionary(o => o.Operation.OperationId!, o => o.Operation);

        Assert.Contains(operations["CreateMaintenanceRequest"].Parameters!, parameter => parameter is { Name: "Idempotency-Key", In: ParameterLocation.Header });
        Assert.Contains("x-conversation-id", operations["MaintenanceCopilotChat"].Responses!["200"].Headers!.Keys);
        Assert.Contains("Link", operations["ListMaintenanceRequests"].Responses!["200"].Headers!.Keys);
        Assert.Contains("Location", operations["CreateMaintenanceRequest"].Responses!["201"].Headers!.Keys);
        foreach (string function in new[] { "Chat", "Vectorize", "VectorizeBody", "MaintenanceCopilotChat" })
        {
            Assert.Contains("x-served-by", operations[function].Responses!["200"].Headers!.Keys);
            Assert.Contains("Retry-After", operations[function].Responses!["429"].Headers!.Keys);
        }
    }

    [Fact]
    public async Task Whatever_can_be_refused_by_an_app_that_is_full_says_so()
    {
        foreach ((_, _, OpenApiOperation operation) in Operations(await ReadAsync()).Where(operation => operation.Operation.OperationId != "Health"))
        {
            Assert.True(operation.Responses!.TryGetValue("503", out IOpenApiResponse? refusal), operation.OperationId);
            Assert.Contains("Retry-After", refusal.Headers!.Keys);
            Assert.Contains("application/problem+json", refusal.Content!.Keys);
        }
    }

    [Fact]
    public async Task Examples_are_what_their_schemas_say()
    {
        int checkedExamples = 0;
        foreach ((string path, string method, OpenApiOperation operation) in Operations(await ReadAsync()))
        {
            IEnumerable<KeyValuePair<string, OpenApiMediaType>> media = (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
                .Concat(operation.Responses!.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()));
            foreach ((_, OpenApiMediaType described) in media.Where(entry => entry.Key == "application/json"))
            {
                SchemaAssert.Matches(described.Schema!, JsonElement.Parse(described.Example!.ToJsonString()), $"{method} {path}");
                checkedExamples++;
            }
        }

        Assert.True(checkedExamples > 15, $"Only {checkedExamples} examples.");
    }

    [Theory]
    [InlineData("GET", "/Hotels", "Hotels", null)]
    [InlineData("GET", "/Hotels/{hotelId}/Bookings", "Hotels/1/Bookings", null)]
    [InlineData("GET", "/Hotels/{hotelId}/Bookings/{minDate}", "Hotels/1/Bookings/2026-06-01", null)]
    [InlineData("GET", "/Hotels/{hotelId}/Bookings", "Hotels/999/Bookings", null)]
    [InlineData("GET", "/Vectorize", "Vectorize?text=leak", null)]
    [InlineData("GET", "/Vectorize", "Vectorize", null)]
    [InlineData("POST", "/Vectorize", "Vectorize", """{"text": "leak"}""")]
    [InlineData("GET", "/MaintenanceRequests", "MaintenanceRequests?page_size=3", null)]
    [InlineData("GET", "/MaintenanceRequests", "MaintenanceRequests?page_size=0", null)]
    [InlineData("GET", "/MaintenanceRequests/{id}", "MaintenanceRequests/none", null)]
    [InlineData("POST", "/MaintenanceRequests", "MaintenanceRequests", """{"hotel_id": 1, "source": "staff", "details": "The tap drips.", "room_number": 12}""")]
    [InlineData("POST", "/MaintenanceRequests", "MaintenanceRequests", "{}")]
    [InlineData("POST", "/VectorSearch", "VectorSearch", "[1, 2]")]
    [InlineData("POST", "/Chat", "Chat", """{"message": "Hello"}""")]
    [InlineData("POST", "/Chat", "Chat", "{}")]
    [InlineData("POST", "/MaintenanceCopilotChat", "MaintenanceCopilotChat", "\"Hello\"")]
    [InlineData("POST", "/MaintenanceCopilotChat", "MaintenanceCopilotChat", """{"message": "Hello"}""")]
    [InlineData("GET", "/BackendDistribution", "BackendDistribution", null)]
    [InlineData("GET", "/BackendDistribution", "BackendDistribution?from=2026-11-01&to=2026-11-08&bin=P1D", null)]
    [InlineData("GET", "/BackendDistribution", "BackendDistribution?bin=5", null)]
    [InlineData("GET", "/health", "health", null)]
    [InlineData("GET", "/openapi.json", "openapi.json", null)]
    public async Task Real_answers_are_what_it_says(string method, string path, string address, string? body)
    {
        OpenApiOperation operation = Operations(await ReadAsync()).Single(o => o.Path == path && o.Method == method).Operation;
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("Accept", "application/json");
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await _app.SendAsync(request, Cancellation);

        string text = await TestSystem.TextAsync(response);
        Assert.True(operation.Responses!.TryGetValue(((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), out IOpenApiResponse? described), text);
        Assert.Contains(response.Content.Headers.ContentType!.MediaType!, described.Content!.Keys);
        SchemaAssert.Matches(described.Content[response.Content.Headers.ContentType.MediaType!].Schema!, JsonElement.Parse(text), address);
        foreach (string header in Headers.Where(header => response.Headers.Contains(header)))
        {
            Assert.Contains(header, described.Headers!.Keys);
        }
    }

    [Fact]
    public async Task Real_matches_and_stored_requests_are_what_it_says()
    {
        OpenApiDocument document = await ReadAsync();
        await _app.StoreAsync(new { hotel_id = 1, source = "staff", details = "The tap drips.", location = "lobby" });

        var found = await _app.SearchAsync(await _app.VectorizeAsync("tap drips"), "?minimum_similarity_score=0");
        SchemaAssert.Matches(document.Components!.Schemas!["SimilarMaintenanceRequest"], JsonSerializer.SerializeToElement(found[0]), "VectorSearch");
        JsonElement page = await _app.GetFromJsonAsync<JsonElement>("MaintenanceRequests?page_size=200", Cancellation);
        SchemaAssert.Matches(document.Components.Schemas["MaintenanceRequestPage"], page, "MaintenanceRequests");
    }

    [Fact]
    public async Task A_real_report_with_skew_is_what_it_says()
    {
        OpenApiDocument document = await ReadAsync();
        IDistributionStore store = shared.System.Local.App!.Worker.Services!.GetRequiredService<IDistributionStore>();
        await store.ReplaceAsync(
            Bins.At(0), Bins.At(2), Bins.Noon, [Bins.Bin(0, "openai-primary", 5), Bins.Bin(1, "openai-secondary", 95), Bins.Bin(1, "", 3)], Cancellation);

        JsonElement report = await _app.GetFromJsonAsync<JsonElement>("BackendDistribution?from=2027-03-01&to=2027-03-02", Cancellation);

        Assert.Equal(2, report.GetProperty("priorityGroups")[0].GetProperty("skew").GetArrayLength());
        SchemaAssert.Matches(document.Components!.Schemas!["BackendDistribution"], report, "BackendDistribution");
    }

    [Fact]
    public async Task Limits_are_the_configured_ones()
    {
        await using TestSystem system = await TestSystem.StartAsync(("Maintenance:MaxDetailsLength", "123"));

        OpenApiDocument document = await ReadAsync(system.App);

        Assert.Equal(123, document.Components!.Schemas!["NewMaintenanceRequest"].Properties!["details"].MaxLength);
    }

    [Fact]
    public async Task Names_the_address_it_was_asked_at_as_the_server() => Assert.Equal("/api", Assert.Single((await ReadAsync()).Servers!).Url);

    private static List<(string[] Routes, string[] Methods, AuthorizationLevel Level)> HttpTriggers() =>
    [
        .. from type in typeof(HotelFunctions).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select (PathsOf(trigger.Route ?? function.Name), trigger.Methods!.Select(m => m.ToUpperInvariant()).ToArray(), trigger.AuthLevel),
    ];

    /// <summary>The paths of a route in OpenAPI's way: without constraints, and one with and one without an optional parameter.</summary>
    private static string[] PathsOf(string route)
    {
        string all = "/" + Constraint().Replace(route, "");
        Match optional = OptionalParameter().Match(all);
        return optional.Success ? [all[..optional.Index], all.Replace("?}", "}", StringComparison.Ordinal)] : [all];
    }

    private static List<(string Path, string Method, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
    [
        .. document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key.Method, operation.Value))),
    ];

    private static async Task<OpenApiDocument> ReadAsync(HttpClient app)
    {
        string json = await app.GetStringAsync("openapi.json", Cancellation);
        Assert.StartsWith("3.1", JsonElement.Parse(json).GetProperty("openapi").GetString(), StringComparison.Ordinal);
        ReadResult read = OpenApiDocument.Parse(json, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        return read.Document!;
    }

    [GeneratedRegex(":[a-z]+")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"/\{[A-Za-z]+\?\}$")]
    private static partial Regex OptionalParameter();

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex RouteParameter();

    private Task<OpenApiDocument> ReadAsync() => ReadAsync(_app);
}
