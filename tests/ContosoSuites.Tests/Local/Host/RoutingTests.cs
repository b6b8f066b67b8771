using System.Net;
using ContosoSuites.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class RoutingTests : IAsyncLifetime
{
    private static readonly HttpClient Client = new();

    private FunctionsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await new TestApp().StartAsync(typeof(Functions));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("api/ByName", "ByName")]
    [InlineData("api/byname", "ByName")]
    [InlineData("API/BYNAME/", "ByName")]
    [InlineData("api/Hotels/7/Bookings", "7 from the start")]
    [InlineData("api/Hotels/7/Bookings/2026-02-03", "7 from 2026-02-03")]
    [InlineData("api/guests/6f9619ff-8b86-d011-b42d-00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("api/numbers/5/6", "5 6")]
    [InlineData("api/numbers/5", "5 -1")]
    [InlineData("api/kinds/true/9000000000/1.5/2.25/2026-02-03T04:05:06Z", "True 9000000000 1.5 2.25 2026-02-03T04:05:06")]
    [InlineData("api/texts", "none")]
    [InlineData("api/texts/a%20b", "a b")]
    [InlineData("api/files/a/b/c", "a/b/c")]
    [InlineData("api/pages", "1")]
    [InlineData("api/pages/4", "4")]
    public async Task A_route_reaches_its_function_with_its_parameters(string path, string expected) =>
        Assert.Equal(expected, await Client.GetStringAsync(new Uri(_host.Endpoint, path), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("ByName")]
    [InlineData("api")]
    [InlineData("api/Nowhere")]
    [InlineData("api/ByName/more")]
    [InlineData("api/Hotels/seven/Bookings")]
    [InlineData("api/guests/7")]
    public async Task A_path_that_no_route_matches_is_404(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(_host.Endpoint, path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_method_is_405_and_says_which_are_allowed()
    {
        using HttpResponseMessage response = await Client.DeleteAsync(new Uri(_host.Endpoint, "api/ByName"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task A_trigger_without_methods_takes_any(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_host.Endpoint, "api/AnyMethod"));
        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(method, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Functions_may_share_a_route_when_their_methods_differ()
    {
        using HttpResponseMessage put = await Client.PutAsync(new Uri(_host.Endpoint, "api/shared/1"), null, TestContext.Current.CancellationToken);
        using HttpResponseMessage delete = await Client.DeleteAsync(new Uri(_host.Endpoint, "api/shared/1"), TestContext.Current.CancellationToken);

        Assert.Equal("put", await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("other", await delete.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_is_never_asked_for()
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(_host.Endpoint, "api/AdminOnly"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void Functions_are_listed_with_their_routes()
    {
        Assert.Contains(_host.Functions, f => f is HttpFunctionDescriptor { Name: "ByName", Route: "api/ByName", Methods: ["GET", "POST"] });
        Assert.Contains(_host.Functions, f => f is HttpFunctionDescriptor { Name: "Bookings", Route: "api/Hotels/{hotelId:int}/Bookings/{minDate?}" });
        Assert.Contains(_host.Functions, f => f is HttpFunctionDescriptor { Name: "AnyMethod", Methods: [] });
    }

    [Fact]
    public async Task A_route_value_of_the_wrong_type_is_the_functions_failure()
    {
        var app = new TestApp();
        await using FunctionsHost host = await app.StartAsync(typeof(Functions));

        using HttpResponseMessage response = await Client.GetAsync(new Uri(host.Endpoint, "api/Hotels/7/Bookings/someday"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        RecordingLogger.Entry problem = Assert.Single(app.Logs.Problems);
        Assert.Contains("Bookings", problem.Message, StringComparison.Ordinal);
        Assert.Contains("minDate", problem.Exception!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } }""", "ByName")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "v1/hotel/" } } }""", "v1/hotel/ByName")]
    [InlineData("""{ "version": "2.0", /* none */ "extensions": { "http": {}, }, }""", "api/ByName")]
    public async Task The_route_prefix_is_that_of_host_json(string json, string path)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        await using FunctionsHost host = await new TestApp { HostJsonPath = file }.StartAsync(typeof(Functions));
        File.Delete(file);

        Assert.Equal("ByName", await Client.GetStringAsync(new Uri(host.Endpoint, path), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": 7 } } }""")]
    public async Task A_broken_host_json_stops_the_start_with_its_path(string json)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

        FunctionsHostException problem = await new TestApp { HostJsonPath = file }.FailToStartAsync(typeof(Functions));

        File.Delete(file);
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_json_that_was_named_must_exist()
    {
        FunctionsHostException problem = await new TestApp { HostJsonPath = "/nowhere/host.json" }.FailToStartAsync(typeof(Functions));

        Assert.Contains("/nowhere/host.json", problem.Message, StringComparison.Ordinal);
    }

    public static class Functions
    {
        [Function("ByName")]
        public static IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest request) => Results.Text("ByName");

        [Function("AnyMethod")]
        public static IResult AnyMethod([HttpTrigger] HttpRequest request) => Results.Text(request.Method);

        [Function("AdminOnly")]
        public static IResult AdminOnly([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => Results.Ok();

        [Function("Bookings")]
        public static IResult Bookings(
            [HttpTrigger(AuthorizationLevel.Function, "get", Route = "Hotels/{hotelId:int}/Bookings/{minDate?}")] HttpRequest request, int hotelId, DateTime? minDate) =>
            Results.Text($"{hotelId} from {minDate?.ToString("yyyy-MM-dd", null) ?? "the start"}");

        [Function("Guest")]
        public static IResult Guest([HttpTrigger("get", Route = "guests/{id:guid}")] HttpRequest request, Guid id) => Results.Text(id.ToString());

        [Function("Numbers")]
        public static IResult Numbers([HttpTrigger("get", Route = "numbers/{first}/{second?}")] HttpRequest request, long first, int second = -1) =>
            Results.Text($"{first} {second}");

        [Function("Kinds")]
        public static IResult Kinds(
            [HttpTrigger("get", Route = "kinds/{yes}/{big}/{real}/{exact}/{time}")] HttpRequest request,
            bool yes, long big, double real, decimal exact, DateTimeOffset time) =>
            Results.Text(FormattableString.Invariant($"{yes} {big} {real} {exact} {time.UtcDateTime:s}"));

        [Function("Texts")]
        public static IResult Texts([HttpTrigger("get", Route = "texts/{text?}")] HttpRequest request, string? text) => Results.Text(text ?? "none");

        [Function("Files")]
        public static IResult Files([HttpTrigger("get", Route = "files/{*path}")] HttpRequest request, string path) => Results.Text(path);

        [Function("Pages")]
        public static IResult Pages([HttpTrigger("get", Route = "pages/{page=1}")] HttpRequest request, int page) => Results.Text($"{page}");

        [Function("SharedPut")]
        public static IResult SharedPut([HttpTrigger("put", Route = "shared/{id}")] HttpRequest request) => Results.Text("put");

        [Function("SharedOther")]
        public static IResult SharedOther([HttpTrigger(Route = "shared/{key}")] HttpRequest request) => Results.Text("other");
    }
}
