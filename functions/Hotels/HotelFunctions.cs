using System.Globalization;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Hotels;

/// <summary>The hotels and their bookings.</summary>
/// <param name="hotels">The store.</param>
public sealed class HotelFunctions(IHotelStore hotels)
{
    /// <summary>GET api/Hotels: all hotels, by id.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("GetHotels")]
    public async Task<Ok<IReadOnlyList<Hotel>>> GetHotelsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "Hotels")] HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await hotels.GetHotelsAsync(cancellationToken));

    /// <summary>GET api/Hotels/{hotelId}/Bookings/{minDate?}: a hotel's bookings, from a day of arrival on where one is given.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hotelId">The hotel.</param>
    /// <param name="minDate">The first day of arrival that counts, as yyyy-MM-dd.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("GetBookingsForHotel")]
    public async Task<Ok<IReadOnlyList<Booking>>> GetBookingsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "Hotels/{hotelId:int}/Bookings/{minDate?}")] HttpRequest request,
        int hotelId,
        string? minDate,
        CancellationToken cancellationToken)
    {
        DateOnly? from = ReadDate(minDate);
        if (await hotels.GetHotelAsync(hotelId, cancellationToken) is null)
        {
            throw InvalidRequestException.NotFound("There is no such hotel.", string.Create(CultureInfo.InvariantCulture, $"No hotel has the id {hotelId}. GET Hotels lists them all."));
        }

        return TypedResults.Ok(await hotels.GetBookingsAsync(hotelId, from, cancellationToken));
    }

    private static DateOnly? ReadDate(string? date)
    {
        if (string.IsNullOrEmpty(date))
        {
            return null;
        }

        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw InvalidRequestException.BadRequest("The date can not be read.", "Write the minimum date as yyyy-MM-dd, such as 2027-03-01.");
    }
}
