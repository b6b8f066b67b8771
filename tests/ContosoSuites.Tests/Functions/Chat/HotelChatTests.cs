using System.Globalization;
using System.Text.Json;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Chat;

/// <summary>Questions about hotels and bookings, answered with the figures the database holds. The clock stands at 22 November 2026.</summary>
public sealed class HotelChatTests(SharedCopilot shared) : IClassFixture<SharedCopilot>
{
    private readonly CopilotSystem _system = shared.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("How many bookings does the Oceanview Inn have?", 1, null)]
    [InlineData("How many bookings does the Oceanview Inn have after 1 March?", 1, "2027-03-01")]
    [InlineData("How many bookings are there for the Grand Regency from March 1st 2026 on?", 2, "2026-03-01")]
    [InlineData("how many bookings for linden court since 2026-06-15", 4, "2026-06-15")]
    [InlineData("How many bookings does the regency have after the 1st of December?", 2, "2026-12-01")]
    [InlineData("How many bookings does our hotel in Kyoto have starting 23 November?", 8, "2026-11-23")]
    [InlineData("How many bookings are there for hotel 3 after 1 January 2026?", 3, "2026-01-01")]
    public async Task The_number_of_bookings_is_the_databases(string question, int hotel, string? from)
    {
        DateOnly? date = from is null ? null : DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        IReadOnlyList<Booking> bookings = await Hotels.GetBookingsAsync(hotel, date, Cancellation);
        string name = (await Hotels.GetHotelAsync(hotel, Cancellation))!.HotelName;

        string reply = await AskAsync(question);

        Assert.Contains($"{name} has {bookings.Count} booking", reply, StringComparison.Ordinal);
        Assert.Equal(from is not null, reply.Contains($"from {from ?? "2"}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_dates_make_a_difference_in_the_sample_data() =>
        Assert.NotEqual(
            (await Hotels.GetBookingsAsync(1, null, Cancellation)).Count,
            (await Hotels.GetBookingsAsync(1, new DateOnly(2027, 3, 1), Cancellation)).Count);

    [Fact]
    public async Task Bookings_are_listed_with_their_dates()
    {
        Booking first = (await Hotels.GetBookingsAsync(5, null, Cancellation))[0];

        string reply = await AskAsync("Show me the bookings of Casa del Almendro");

        Assert.Contains(first.StayBeginDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), reply, StringComparison.Ordinal);
        Assert.Contains("Casa del Almendro", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Which hotels do we have?", 14)]
    [InlineData("List all hotels", 14)]
    [InlineData("Which hotels do we have in Italy?", 1)]
    [InlineData("Do we have hotels in Cape Town?", 1)]
    [InlineData("What hotels are there in the United States and the United Kingdom?", 2)]
    public async Task Hotels_are_listed(string question, int expected)
    {
        string reply = await AskAsync(question);

        IReadOnlyList<Hotel> hotels = await Hotels.GetHotelsAsync(Cancellation);
        Assert.Equal(expected, hotels.Count(hotel => reply.Contains(hotel.HotelName, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_hotel_that_is_not_named_is_asked_for()
    {
        string reply = await AskAsync("How many bookings are there after 1 March?");

        Assert.Contains("Which hotel", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hotel_id_that_does_not_exist_is_no_figure()
    {
        string reply = await AskAsync("How many bookings are there for hotel 99?");

        Assert.Contains("did not work", reply, StringComparison.Ordinal);
        Assert.Contains("99", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_model_call_of_an_answer_is_served_and_counted()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Chat")
        {
            Content = new FormUrlEncodedContent([new("message", "How many bookings does the Oceanview Inn have after 1 March?")]),
        };
        request.Headers.Add("Accept", "application/json");

        using HttpResponseMessage response = await _system.Client.SendAsync(request, Cancellation);

        // One to ask for the hotels, one for the bookings, one to answer.
        JsonElement reply = await TestSystem.JsonAsync(response);
        Assert.Equal(3, reply.GetProperty("servedBy").GetArrayLength());
    }

    private IHotelStore Hotels => _system.Host.Worker.Services!.GetRequiredService<IHotelStore>();

    private async Task<string> AskAsync(string question)
    {
        using HttpResponseMessage response = await _system.Client.PostAsync(
            "Chat", new FormUrlEncodedContent([new("message", question)]), Cancellation);
        string reply = await TestSystem.TextAsync(response);
        Assert.True(response.IsSuccessStatusCode, reply);
        return reply;
    }
}
