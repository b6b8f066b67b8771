using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Samples;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage;

public sealed class SampleDataTests
{
    private static readonly SampleData Data = SampleData.Load();

    [Fact]
    public void There_are_hotels_in_several_countries()
    {
        Assert.True(Data.Hotels.Count >= 12);
        Assert.True(Data.Hotels.Select(hotel => hotel.Country).Distinct().Count() >= 5);
        Assert.Equal(Data.Hotels.Count, Data.Hotels.Select(hotel => hotel.HotelId).Distinct().Count());
        Assert.Single(Data.Hotels, hotel => hotel.HotelName.Contains("Regency", StringComparison.Ordinal));
    }

    [Fact]
    public void Bookings_are_stays_in_these_hotels_over_2026_and_into_2027()
    {
        Assert.Equal(200, Data.Bookings.Count);
        Assert.Equal(200, Data.Bookings.Select(booking => booking.BookingId).Distinct().Count());
        Every.One(Data.Bookings, booking =>
        {
            Assert.Contains(Data.Hotels, hotel => hotel.HotelId == booking.HotelId);
            Assert.True(booking.StayBeginDate < booking.StayEndDate);
            Assert.InRange(booking.NumberOfGuests, 1, 6);
            Assert.InRange(booking.StayBeginDate.Year, 2026, 2027);
        });
        Every.One(Data.Hotels, hotel => Assert.Contains(Data.Bookings, booking => booking.HotelId == hotel.HotelId));
        Assert.Contains(Data.Bookings, booking => booking.StayBeginDate.Year == 2027);
    }

    [Fact]
    public void No_customer_stays_in_two_places_at_once()
    {
        foreach (IGrouping<int, Booking> customer in Data.Bookings.GroupBy(booking => booking.CustomerId))
        {
            Booking[] stays = [.. customer.OrderBy(booking => booking.StayBeginDate)];
            Assert.DoesNotContain(stays.Zip(stays.Skip(1)), pair => pair.First.StayEndDate > pair.Second.StayBeginDate);
        }
    }

    [Fact]
    public void Requests_are_about_these_hotels_and_each_says_where_and_from_whom()
    {
        Assert.Equal(60, Data.MaintenanceRequests.Count);
        Assert.Equal(60, Data.MaintenanceRequests.Select(request => request.Details).Distinct().Count());
        Assert.Equal(["customer", "inspector", "staff"], Data.MaintenanceRequests.Select(request => request.Source).Distinct().Order(StringComparer.Ordinal));
        Every.One(Data.MaintenanceRequests, request =>
        {
            Assert.Contains(Data.Hotels, hotel => hotel.HotelId == request.HotelId && hotel.HotelName == request.Hotel);
            Assert.True(request.RoomNumber is not null || request.Location is not null);
            Assert.Equal(7, Guid.Parse(request.Id).Version);
            Assert.False(request.Embedded);
        });
    }

    [Fact]
    public void Ids_of_requests_follow_their_dates()
    {
        IEnumerable<MaintenanceRequest> byId = Data.MaintenanceRequests.OrderBy(request => request.Id, StringComparer.Ordinal);

        Assert.Equal(Data.MaintenanceRequests.OrderBy(request => request.Date), byId);
    }
}
