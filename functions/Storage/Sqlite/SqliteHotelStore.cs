using System.Globalization;
using ContosoSuites.Functions.Hotels;
using Dapper;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>The hotels and bookings in SQLite.</summary>
internal sealed class SqliteHotelStore(SqliteDatabase database) : IHotelStore
{
    private const string SelectHotels = "SELECT hotel_id AS HotelId, name AS Name, city AS City, country AS Country FROM hotels";

    /// <inheritdoc/>
    public Task<IReadOnlyList<Hotel>> GetHotelsAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Hotel>>(
            connection => [.. connection.Query<HotelRow>($"{SelectHotels} ORDER BY hotel_id").Select(row => row.ToHotel())],
            cancellationToken);

    /// <inheritdoc/>
    public Task<Hotel?> GetHotelAsync(int hotelId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<HotelRow>($"{SelectHotels} WHERE hotel_id = @hotelId", new { hotelId })?.ToHotel(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Booking>> GetBookingsAsync(
        int hotelId, DateOnly? minimumDate = null, CancellationToken cancellationToken = default)
    {
        string minimum = (minimumDate ?? DateOnly.MinValue).ToString("O", CultureInfo.InvariantCulture);
        return database.ReadAsync<IReadOnlyList<Booking>>(
            connection =>
            [
                .. connection.Query<BookingRow>(
                    """
                    SELECT booking_id AS BookingId, customer_id AS CustomerId, hotel_id AS HotelId, stay_begin AS StayBegin,
                           stay_end AS StayEnd, guests AS Guests
                    FROM bookings
                    WHERE hotel_id = @hotelId AND stay_begin >= @minimum
                    ORDER BY stay_begin, booking_id
                    """,
                    new { hotelId, minimum }).Select(row => row.ToBooking())
            ],
            cancellationToken);
    }

    private sealed class HotelRow
    {
        public required int HotelId { get; init; }

        public required string Name { get; init; }

        public required string City { get; init; }

        public required string Country { get; init; }

        public Hotel ToHotel() => new(HotelId, Name, City, Country);
    }

    private sealed class BookingRow
    {
        public required int BookingId { get; init; }

        public required int CustomerId { get; init; }

        public required int HotelId { get; init; }

        public required string StayBegin { get; init; }

        public required string StayEnd { get; init; }

        public required int Guests { get; init; }

        public Booking ToBooking() => new(BookingId, CustomerId, HotelId, Day(StayBegin), Day(StayEnd), Guests);

        private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
    }
}
