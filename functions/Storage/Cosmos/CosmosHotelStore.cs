using System.Globalization;
using ContosoSuites.Functions.Hotels;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>The hotels and bookings in Cosmos DB.</summary>
internal sealed class CosmosHotelStore(CosmosDatabase database) : IHotelStore
{
    internal const string AllHotels = "SELECT c.hotelID, c.hotelName, c.city, c.country FROM c ORDER BY c.hotelID";

    internal const string BookingsFrom =
        "SELECT c.bookingID, c.customerID, c.hotelID, c.stayBeginDate, c.stayEndDate, c.numberOfGuests FROM c WHERE c.hotelID = @hotelID AND c.stayBeginDate >= @minimum";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Hotel>> GetHotelsAsync(CancellationToken cancellationToken = default) =>
        await database.QueryAsync<Hotel>(database.Hotels, new QueryDefinition(AllHotels), partition: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<Hotel?> GetHotelAsync(int hotelId, CancellationToken cancellationToken = default)
    {
        string id = IdOf(hotelId);
        return (await database.ReadAsync<Hotel>(database.Hotels, id, new PartitionKey(id), cancellationToken))?.Resource;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Booking>> GetBookingsAsync(
        int hotelId, DateOnly? minimumDate = null, CancellationToken cancellationToken = default)
    {
        QueryDefinition query = new QueryDefinition(BookingsFrom)
            .WithParameter("@hotelID", hotelId)
            .WithParameter("@minimum", (minimumDate ?? DateOnly.MinValue).ToString("O", CultureInfo.InvariantCulture));
        List<Booking> bookings = await database.QueryAsync<Booking>(database.Bookings, query, new PartitionKey(hotelId), cancellationToken);

        // In order here: all of them are wanted, and order by two properties would need an index of its own there.
        return [.. bookings.OrderBy(booking => booking.StayBeginDate).ThenBy(booking => booking.BookingId)];
    }

    /// <summary>The id of a hotel's or a booking's item.</summary>
    internal static string IdOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
