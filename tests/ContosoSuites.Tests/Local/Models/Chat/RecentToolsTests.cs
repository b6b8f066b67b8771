using System.Text.Json;
using ContosoSuites.Local.Models.Chat;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Chat;

public sealed class RecentToolsTests
{
    private readonly RecentTools _recent = new();

    [Fact]
    public void The_same_functions_are_read_once()
    {
        OfferedTools first = _recent.Read(Json("get_hotels"));

        Assert.Same(first, _recent.Read(Json("get_hotels")));
        Assert.Equal("get_hotels", Assert.Single(first.Tools).Name);
    }

    [Fact]
    public void Functions_are_told_apart_by_all_they_say()
    {
        OfferedTools first = _recent.Read(Json("get_hotels", "All of them."));
        OfferedTools second = _recent.Read(Json("get_hotels", "Some of them, with their cities."));

        Assert.Equal("Some of them, with their cities.", Assert.Single(second.Tools).Description);
        Assert.True(second.Tokens > first.Tokens);
    }

    [Fact]
    public void However_many_applications_take_turns_each_gets_its_own()
    {
        for (int i = 0; i < 100; i++)
        {
            string name = $"function_{i % 40}";
            Assert.Equal(name, Assert.Single(_recent.Read(Json(name)).Tools).Name);
        }
    }

    [Fact]
    public void Only_the_latest_are_kept()
    {
        OfferedTools first = _recent.Read(Json("get_hotels"));
        for (int i = 0; i < 16; i++)
        {
            _recent.Read(Json($"function_{i}"));
        }

        Assert.NotSame(first, _recent.Read(Json("get_hotels")));
    }

    [Fact]
    public void Functions_that_take_too_much_room_are_not_kept()
    {
        string description = new('a', 70_000);

        Assert.NotSame(_recent.Read(Json("get_hotels", description)), _recent.Read(Json("get_hotels", description)));
    }

    [Fact]
    public void What_was_read_outlives_the_request()
    {
        OfferedTools read;
        using (JsonDocument request = JsonDocument.Parse(Text("get_hotels")))
        {
            read = _recent.Read(request.RootElement);
        }

        Assert.Same(read, _recent.Read(Json("get_hotels")));
        Assert.Equal("hotelId", Assert.Single(Assert.Single(read.Tools).Parameters).Name);
    }

    private static JsonElement Json(string name, string description = "Lists.") => JsonElement.Parse(Text(name, description));

    private static string Text(string name, string description = "Lists.") =>
        $$$$"""[{"type":"function","function":{"parameters":{"type":"object","properties":{"hotelId":{"type":"integer"}}},"name":"{{{{name}}}}","description":"{{{{description}}}}"}}]""";
}
