using System.ComponentModel;
using System.Globalization;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Hotels;

/// <summary>What the model may ask about hotels and bookings.</summary>
/// <param name="hotels">The store.</param>
internal sealed class HotelPlugin(IHotelStore hotels)
{
    /// <summary>The plugin's name; the model sees it before each function's name.</summary>
    public const string Name = "Hotels";

    [KernelFunction("get_hotels")]
    [Description("Lists every hotel of the group with its id, exact name, city and country.")]
    public Task<IReadOnlyList<Hotel>> GetHotelsAsync(CancellationToken cancellationToken) => hotels.GetHotelsAsync(cancellationToken);

    [KernelFunction("get_bookings_for_hotel")]
    [Description("Lists all bookings of one hotel, with dates and numbers of guests, and how many bookings there are.")]
    public Task<BookingList> GetBookingsAsync(
        [Description("The hotel's id, from get_hotels.")] int hotel_id,
        CancellationToken cancellationToken) => ListAsync(hotel_id, null, cancellationToken);

    [KernelFunction("get_bookings_by_hotel_and_minimum_date")]
    [Description("Lists the bookings of one hotel whose stay begins on a date or after it, and how many there are.")]
    public Task<BookingList> GetBookingsFromAsync(
        [Description("The hotel's id, from get_hotels.")] int hotel_id,
        [Description("The first day of arrival that counts, as yyyy-MM-dd.")] string minimum_date,
        CancellationToken cancellationToken) =>
        DateOnly.TryParseExact(minimum_date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? ListAsync(hotel_id, date, cancellationToken)
            : Task.FromResult(BookingList.None("minimum_date has to be a date such as 2027-03-01."));

    private async Task<BookingList> ListAsync(int hotelId, DateOnly? from, CancellationToken cancellationToken)
    {
        if (await hotels.GetHotelAsync(hotelId, cancellationToken) is not { } hotel)
        {
            return BookingList.None(string.Create(CultureInfo.InvariantCulture, $"There is no hotel with id {hotelId}; get_hotels lists them."));
        }

        IReadOnlyList<Booking> bookings = await hotels.GetBookingsAsync(hotelId, from, cancellationToken);
        return new BookingList(hotel.HotelName, bookings.Count, bookings);
    }

    /// <summary>
    /// A hotel's bookings with their number, because models count badly. What is wrong with a call is told as a message: an
    /// exception would end the turn.
    /// </summary>
    internal sealed record BookingList(string? Hotel, int? NumberOfBookings, IReadOnlyList<Booking>? Bookings, string? Message = null)
    {
        /// <summary>No bookings, and why.</summary>
        public static BookingList None(string message) => new(null, null, null, message);
    }
}
