using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class AdminApiTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private FunctionsHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await new TestApp { Settings = new() { ["Nightly"] = "0 0 3 * * *" } }.StartAsync(typeof(Functions));
        _client.BaseAddress = _host.Endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task The_list_has_routes_and_schedules()
    {
        JsonElement list = await _client.GetFromJsonAsync<JsonElement>("admin/functions", TestContext.Current.CancellationToken);

        Assert.Equal(["Rooms", "Cleaning"], list.EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal($"{_host.Endpoint}api/rooms/{{number:int}}", list[0].GetProperty("invoke_url_template").GetString());
        JsonElement http = list[0].GetProperty("config").GetProperty("bindings")[0];
        Assert.Equal(
            ("httpTrigger", "Function", "GET", "api/rooms/{number:int}"),
            (http.GetProperty("type").GetString(), http.GetProperty("authLevel").GetString(), http.GetProperty("methods")[0].GetString(), http.GetProperty("route").GetString()));
        JsonElement timer = list[1].GetProperty("config").GetProperty("bindings")[0];
        Assert.Equal(("timerTrigger", "0 0 3 * * *"), (timer.GetProperty("type").GetString(), timer.GetProperty("schedule").GetString()));
        Assert.Equal(JsonValueKind.Null, list[1].GetProperty("invoke_url_template").ValueKind);
    }

    [Fact]
    public async Task One_function_is_found_by_name_in_any_case()
    {
        JsonElement function = await _client.GetFromJsonAsync<JsonElement>("admin/functions/cleaning", TestContext.Current.CancellationToken);

        Assert.Equal("Cleaning", function.GetProperty("name").GetString());
        Assert.Equal($"{_host.Endpoint}admin/functions/Cleaning", function.GetProperty("href").GetString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_unknown_function_is_404(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "admin/functions/Cooking");
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task An_HTTP_function_is_not_run_but_its_address_is_given()
    {
        using HttpResponseMessage response = await _client.PostAsync("admin/functions/Rooms", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("api/rooms/{number:int}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_can_not_be_changed()
    {
        using HttpResponseMessage response = await _client.DeleteAsync("admin/functions/Rooms", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    public static class Functions
    {
        [Function("Rooms")]
        public static IResult Rooms([HttpTrigger(AuthorizationLevel.Function, "get", Route = "rooms/{number:int}")] HttpRequest request, int number) => Results.Text($"{number}");

        [Function("Cleaning")]
        public static void Cleaning([TimerTrigger("%Nightly%")] TimerInfo timer)
        {
        }
    }
}
