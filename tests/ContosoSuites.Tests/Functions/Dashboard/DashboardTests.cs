using System.Text.Json;
using ContosoSuites.Functions.Storage.Samples;
using ContosoSuites.Tests.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Dashboard;

/// <summary>The Contoso Suites dashboard works: its requests, made with its HTTP library (Python's requests), unchanged or with the key of a deployed app.</summary>
public sealed class DashboardTests
{
    // Debian's package is for the system's Python, which need not be the first on the PATH.
    private const string SystemPython = "/usr/bin/python3";

    [Theory]
    [InlineData(null)]
    [InlineData("a-function-key")]
    public async Task Every_page_gets_what_it_reads(string? key)
    {
        await using TestSystem system = await TestSystem.StartAsync(options => options with { FunctionKey = key });
        system.App.DefaultRequestHeaders.Add("x-functions-key", key);
        await system.App.StoreAsync(new { hotel_id = 2, source = "customer", details = "The microwave is not working.", room_number = "205" });

        JsonElement shown = await RunAsync(system.App.BaseAddress!, key);

        SampleData sample = SampleData.Load();
        Assert.Equal(sample.Hotels.Select(hotel => hotel.HotelName), shown.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(sample.Bookings.Count(booking => booking.HotelId == 2), shown.GetProperty("bookings").GetArrayLength());
        Every.One(shown.GetProperty("bookings").EnumerateArray(), booking => Assert.Equal(2, booking.GetProperty("hotelID").GetInt32()));
        Assert.Equal(1536, shown.GetProperty("dimensions").GetInt32());
        Assert.Equal("The microwave is not working.", shown.GetProperty("found")[0].GetProperty("details").GetString());
        AssertIsText(shown.GetProperty("chat"));
        Every.One(shown.GetProperty("copilot").EnumerateArray(), AssertIsText);
        Every.One(shown.GetProperty("apart").EnumerateArray(), AssertIsText);
        Assert.DoesNotContain("Saved.", shown.GetProperty("apart")[1].GetString(), StringComparison.Ordinal);
        Assert.Contains("Saved.", shown.GetProperty("apart")[2].GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RunAsync(Uri api, string? key)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Functions", "Dashboard");
        var environment = new Dictionary<string, string> { ["API_ENDPOINT"] = api.AbsoluteUri.TrimEnd('/'), ["FUNCTION_KEY"] = key ?? "" };
        ToolResult result = await RunAsync("python3", folder, environment);
        if (LacksRequests(result) && File.Exists(SystemPython))
        {
            result = await RunAsync(SystemPython, folder, environment);
        }

        Assert.SkipWhen(LacksRequests(result), "The Python on this machine has no 'requests' (Debian: apt-get install python3-requests).");
        Assert.True(result.ExitCode == 0, $"dashboard.py ended with {result.ExitCode}: {result.Error}");
        return JsonElement.Parse(result.Output);
    }

    private static Task<ToolResult> RunAsync(string python, string folder, Dictionary<string, string> environment) =>
        Tool.RunAsync(python, ["dashboard.py"], folder, environment, "Python 3 with requests", TestContext.Current.CancellationToken);

    private static bool LacksRequests(ToolResult result) => result.Error.Contains("No module named 'requests'", StringComparison.Ordinal);

    /// <summary>A page shows the answer's text as it is: a problem or JSON would be seen by the user.</summary>
    private static void AssertIsText(JsonElement answer)
    {
        string text = answer.GetString()!;
        Assert.NotEqual("", text);
        Assert.DoesNotContain('{', text);
    }
}
