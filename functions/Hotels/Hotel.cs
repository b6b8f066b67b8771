using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Hotels;

/// <summary>A hotel of the group.</summary>
/// <param name="HotelId">The number that bookings and maintenance requests refer to.</param>
/// <param name="HotelName">Its full name.</param>
/// <param name="City">The city it stands in.</param>
/// <param name="Country">The country it stands in.</param>
public sealed record Hotel(
    [property: JsonPropertyName("hotelID")] int HotelId,
    [property: JsonPropertyName("hotelName")] string HotelName,
    [property: JsonPropertyName("city")] string City,
    [property: JsonPropertyName("country")] string Country);

/// <summary>A stay that a customer has booked.</summary>
/// <param name="BookingId">The number of the booking.</param>
/// <param name="CustomerId">The number of the customer who booked.</param>
/// <param name="HotelId">The hotel.</param>
/// <param name="StayBeginDate">The day of arrival.</param>
/// <param name="StayEndDate">The day of departure.</param>
/// <param name="NumberOfGuests">How many people stay.</param>
public sealed record Booking(
    [property: JsonPropertyName("bookingID")] int BookingId,
    [property: JsonPropertyName("customerID")] int CustomerId,
    [property: JsonPropertyName("hotelID")] int HotelId,
    [property: JsonPropertyName("stayBeginDate")] DateOnly StayBeginDate,
    [property: JsonPropertyName("stayEndDate")] DateOnly StayEndDate,
    [property: JsonPropertyName("numberOfGuests")] int NumberOfGuests);
