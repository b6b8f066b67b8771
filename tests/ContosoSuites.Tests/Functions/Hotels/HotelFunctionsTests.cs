using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Storage.Samples;
using Xunit;

namespace ContosoSuites.Tests.Functions.Hotels;

/// <summary>GET api/Hotels and a hotel's bookings.</summary>
public sealed class HotelFunctionsTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private static readonly SampleData Sample = SampleData.Load();

    private readonly HttpClient _app = shared.System.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_every_hotel_with_the_names_of_the_contract()
    {
        using HttpResponseMessage response = await _app.GetAsync("Hotels", Cancellation);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        JsonElement[] hotels = [.. (await TestSystem.JsonAsync(response)).EnumerateArray()];
        Assert.Equal(Sample.Hotels, hotels.Select(hotel => new Hotel(
            hotel.GetProperty("hotelID").GetInt32(),
            hotel.GetProperty("hotelName").GetString()!,
            hotel.GetProperty("city").GetString()!,
            hotel.GetProperty("country").GetString()!)));
    }

    [Fact]
    public async Task Lists_all_bookings_of_a_hotel_in_order_of_arrival()
    {
        Booking[] expected = [.. Sample.Bookings.Where(booking => booking.HotelId == 1).OrderBy(booking => (booking.StayBeginDate, booking.BookingId))];

        Assert.Equal(expected, await BookingsAsync("Hotels/1/Bookings"));
        Assert.Equal(expected, await BookingsAsync("Hotels/1/Bookings/"));
    }

    [Fact]
    public async Task Counts_the_minimum_date_itself()
    {
        DateOnly day = Sample.Bookings.Where(booking => booking.HotelId == 1).Select(booking => booking.StayBeginDate).Order().ElementAt(5);

        Booking[] bookings = await BookingsAsync(string.Create(CultureInfo.InvariantCulture, $"Hotels/1/Bookings/{day:yyyy-MM-dd}"));

        Assert.Equal(Sample.Bookings.Count(booking => booking.HotelId == 1 && booking.StayBeginDate >= day), bookings.Length);
        Assert.Equal(day, bookings[0].StayBeginDate);
        Assert.Empty(await BookingsAsync("Hotels/1/Bookings/2100-01-01"));
    }

    [Fact]
    public async Task Writes_bookings_with_the_names_of_the_contract()
    {
        using HttpResponseMessage response = await _app.GetAsync("Hotels/1/Bookings", Cancellation);

        JsonElement first = (await TestSystem.JsonAsync(response))[0];
        Assert.Equal(
            ["bookingID", "customerID", "hotelID", "stayBeginDate", "stayEndDate", "numberOfGuests"],
            first.EnumerateObject().Select(property => property.Name));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", first.GetProperty("stayBeginDate").GetString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("999")]
    [InlineData("2147483647")]
    public async Task A_hotel_that_does_not_exist_is_404(string id)
    {
        using HttpResponseMessage response = await _app.GetAsync($"Hotels/{id}/Bookings", Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.NotFound, id, "GET Hotels");
    }

    [Theory]
    [InlineData("one")]
    [InlineData("1.5")]
    [InlineData("2147483648")]
    [InlineData("1;DROP TABLE hotels")]
    [InlineData("1%20OR%201=1")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    public async Task What_is_no_number_is_no_route(string id)
    {
        using HttpResponseMessage response = await _app.GetAsync($"Hotels/{id}/Bookings", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2027-02-30")]
    [InlineData("2027-3-1")]
    [InlineData("01-03-2027")]
    [InlineData("2027-03-01T00:00:00Z")]
    [InlineData("'; DROP TABLE bookings; --")]
    [InlineData("%D9%A2%D9%A0%D9%A2%D9%A7-%D9%A0%D9%A3-%D9%A0%D9%A1")]
    public async Task A_date_that_is_none_is_a_problem(string date)
    {
        using HttpResponseMessage response = await _app.GetAsync($"Hotels/1/Bookings/{date}", Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "yyyy-MM-dd");
        Assert.NotEmpty(await BookingsAsync("Hotels/1/Bookings"));
    }

    private async Task<Booking[]> BookingsAsync(string address) => (await _app.GetFromJsonAsync<Booking[]>(address, Cancellation))!;
}
