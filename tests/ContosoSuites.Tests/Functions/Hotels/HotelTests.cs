using System.Text.Json;
using ContosoSuites.Functions.Hotels;
using Xunit;

namespace ContosoSuites.Tests.Functions.Hotels;

public sealed class HotelTests
{
    [Fact]
    public void A_hotel_is_written_as_the_dashboard_reads_it() => Assert.Equal(
        """{"hotelID":1,"hotelName":"Oceanview Inn","city":"Bar Harbor","country":"United States"}""",
        JsonSerializer.Serialize(new Hotel(1, "Oceanview Inn", "Bar Harbor", "United States")));

    [Fact]
    public void A_booking_is_written_as_the_dashboard_reads_it() => Assert.Equal(
        """{"bookingID":7,"customerID":1001,"hotelID":1,"stayBeginDate":"2027-03-01","stayEndDate":"2027-03-05","numberOfGuests":2}""",
        JsonSerializer.Serialize(new Booking(7, 1001, 1, new DateOnly(2027, 3, 1), new DateOnly(2027, 3, 5), 2)));
}
