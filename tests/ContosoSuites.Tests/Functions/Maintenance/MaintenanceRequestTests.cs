using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance;

public sealed class MaintenanceRequestTests
{
    private static readonly MaintenanceRequest Request = new()
    {
        Id = "019ba40e-ec00-76a0-838c-acb4e355eec8",
        HotelId = 2,
        Hotel = "The Grand Regency",
        Source = "staff",
        Date = new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Details = "The tap drips.",
        RoomNumber = "12A",
        Embedded = true,
    };

    [Fact]
    public void Is_written_in_snake_case_without_what_it_lacks() => Assert.Equal(
        """{"id":"019ba40e-ec00-76a0-838c-acb4e355eec8","hotel_id":2,"hotel":"The Grand Regency","source":"staff","date":"2027-03-01T12:00:00+00:00","details":"The tap drips.","room_number":"12A","embedded":true}""",
        JsonSerializer.Serialize(Request).Replace("\\u002B", "+", StringComparison.Ordinal));

    [Fact]
    public void Can_be_read_back() => Assert.Equal(Request, JsonSerializer.Deserialize<MaintenanceRequest>(JsonSerializer.Serialize(Request)));

    [Theory]
    [InlineData("\"303\"", "303")]
    [InlineData("303", "303")]
    [InlineData("\"Cabin 4\"", "Cabin 4")]
    [InlineData("null", null)]
    public void A_room_number_may_be_text_or_a_whole_number(string json, string? room) =>
        Assert.Equal(room, JsonSerializer.Deserialize<MaintenanceRequest>(WithRoom(json))!.RoomNumber);

    [Theory]
    [InlineData("3.5")]
    [InlineData("true")]
    [InlineData("[303]")]
    public void A_room_number_is_nothing_else(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<MaintenanceRequest>(WithRoom(json)));

    [Fact]
    public void A_match_tells_what_vector_search_answers() => Assert.Equal(
        """{"hotelId":2,"hotel":"The Grand Regency","details":"The tap drips.","source":"staff","similarityScore":0.875}""",
        JsonSerializer.Serialize(SimilarMaintenanceRequest.From(new MaintenanceRequestMatch(Request, 0.875))));

    private static string WithRoom(string json) =>
        $$"""{"id":"x","hotel_id":2,"hotel":"x","source":"staff","date":"2027-03-01T12:00:00Z","details":"x","room_number":{{json}}}""";
}
