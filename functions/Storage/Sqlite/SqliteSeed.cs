using System.Globalization;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Samples;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Puts the sample data into a new database, once: a mark in the same transaction says that it is done.</summary>
internal sealed class SqliteSeed(TimeProvider timeProvider)
{
    private const string Name = "sample-data";

    /// <summary>Puts the sample data there unless that was done before. True when it was done now.</summary>
    public bool Plant(SqliteConnection connection)
    {
        if (IsPlanted(connection))
        {
            return false;
        }

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);

        // Asked again under the lock: another process may have been here.
        if (IsPlanted(connection))
        {
            return false;
        }

        SampleData data = SampleData.Load();
        foreach (Hotel hotel in data.Hotels)
        {
            connection.Execute(
                "INSERT INTO hotels (hotel_id, name, city, country) VALUES (@HotelId, @HotelName, @City, @Country)", hotel);
        }

        foreach (Booking booking in data.Bookings)
        {
            connection.Execute(
                """
                INSERT INTO bookings (booking_id, customer_id, hotel_id, stay_begin, stay_end, guests)
                VALUES (@BookingId, @CustomerId, @HotelId, @Begin, @End, @NumberOfGuests)
                """,
                new
                {
                    booking.BookingId,
                    booking.CustomerId,
                    booking.HotelId,
                    Begin = booking.StayBeginDate.ToString("O", CultureInfo.InvariantCulture),
                    End = booking.StayEndDate.ToString("O", CultureInfo.InvariantCulture),
                    booking.NumberOfGuests,
                });
        }

        foreach (MaintenanceRequest request in data.MaintenanceRequests)
        {
            RequestRow.Insert(connection, request);
        }

        connection.Execute(
            "INSERT INTO seeds (name, planted_at) VALUES (@Name, @Now)", new { Name, Now = StoredTime.Format(timeProvider.GetUtcNow()) });
        transaction.Commit();
        return true;
    }

    private static bool IsPlanted(SqliteConnection connection) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM seeds WHERE name = @Name)", new { Name });
}
