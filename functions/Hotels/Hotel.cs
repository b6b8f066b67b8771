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
