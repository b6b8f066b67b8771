
namespace ContosoSuites.Functions.Hotels;

/// <summary>The hotels and their bookings.</summary>
public interface IHotelStore
{
    /// <summary>All hotels, by id.</summary>
    public Task<IReadOnlyList<Hotel>> GetHotelsAsync(CancellationToken cancellationToken = default);

    /// <summary>One hotel, or null when there is none of that id.</summary>
    public Task<Hotel?> GetHotelAsync(int hotelId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The bookings of a hotel in order of arrival; with <paramref name="minimumDate"/> only those whose stay begins on that
    /// day or later. Empty for a hotel that does not exist.
    /// </summary>
    public Task<IReadOnlyList<Booking>> GetBookingsAsync(int hotelId, DateOnly? minimumDate = null, CancellationToken cancellationToken = default);
}
