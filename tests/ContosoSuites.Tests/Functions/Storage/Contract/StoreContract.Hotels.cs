using ContosoSuites.Functions.Hotels;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Hotels_come_by_id_and_include_those_that_staff_know()
    {
        IReadOnlyList<Hotel> hotels = await Hotels.GetHotelsAsync(Ct);

        Assert.True(hotels.Count >= 12);
        Assert.Equal(hotels.OrderBy(hotel => hotel.HotelId), hotels);
        Assert.Contains(hotels, hotel => hotel.HotelName == "Oceanview Inn");
        Assert.Contains(hotels, hotel => hotel.HotelName == "The Grand Regency");
        Assert.Contains(hotels, hotel => hotel.HotelName == "Hôtel des Deux Fleuves");
    }

    [Fact]
    public async Task A_hotel_is_found_by_its_id_only()
    {
        foreach (Hotel hotel in await Hotels.GetHotelsAsync(Ct))
        {
            Assert.Equal(hotel, await Hotels.GetHotelAsync(hotel.HotelId, Ct));
        }

        Assert.Null(await Hotels.GetHotelAsync(0, Ct));
        Assert.Null(await Hotels.GetHotelAsync(-1, Ct));
        Assert.Null(await Hotels.GetHotelAsync(int.MaxValue, Ct));
    }

    [Fact]
    public async Task Bookings_come_in_order_of_arrival_and_belong_to_the_hotel()
    {
        int total = 0;
        foreach (Hotel hotel in await Hotels.GetHotelsAsync(Ct))
        {
            IReadOnlyList<Booking> bookings = await Hotels.GetBookingsAsync(hotel.HotelId, cancellationToken: Ct);
            Every.One(bookings, booking => Assert.Equal(hotel.HotelId, booking.HotelId));
            Assert.Equal(bookings.OrderBy(booking => booking.StayBeginDate).ThenBy(booking => booking.BookingId), bookings);
            total += bookings.Count;
        }

        Assert.Equal(200, total);
        Assert.Empty(await Hotels.GetBookingsAsync(int.MaxValue, cancellationToken: Ct));
    }

    [Fact]
    public async Task A_minimum_date_keeps_the_stays_that_begin_on_it_or_later()
    {
        IReadOnlyList<Booking> all = await Hotels.GetBookingsAsync(1, cancellationToken: Ct);
        DateOnly arrival = all[all.Count / 2].StayBeginDate;

        foreach (DateOnly minimum in new[] { arrival.AddDays(-1), arrival, arrival.AddDays(1), DateOnly.MinValue, DateOnly.MaxValue })
        {
            Assert.Equal(
                all.Where(booking => booking.StayBeginDate >= minimum),
                await Hotels.GetBookingsAsync(1, minimum, Ct));
        }
    }
}
