using ContosoSuites.Functions.Maintenance;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>A row of maintenance_requests.</summary>
internal sealed class RequestRow
{
    /// <summary>The columns to select.</summary>
    public const string Columns =
        "id AS Id, hotel_id AS HotelId, hotel AS Hotel, source AS Source, date AS Date, details AS Details, room_number AS RoomNumber, location AS Location, embedded AS Embedded";

    /// <summary>The column id.</summary>
    public required string Id { get; init; }

    /// <summary>The column hotel_id.</summary>
    public required int HotelId { get; init; }

    /// <summary>The column hotel.</summary>
    public required string Hotel { get; init; }

    /// <summary>The column source.</summary>
    public required string Source { get; init; }

    /// <summary>The column date.</summary>
    public required string Date { get; init; }

    /// <summary>The column details.</summary>
    public required string Details { get; init; }

    /// <summary>The column room_number.</summary>
    public string? RoomNumber { get; init; }

    /// <summary>The column location.</summary>
    public string? Location { get; init; }

    /// <summary>The column embedded.</summary>
    public bool Embedded { get; init; }

    /// <summary>The request that the row holds.</summary>
    public MaintenanceRequest ToRequest() => new()
    {
        Id = Id,
        HotelId = HotelId,
        Hotel = Hotel,
        Source = Source,
        Date = StoredTime.Parse(Date),
        Details = Details,
        RoomNumber = RoomNumber,
        Location = Location,
        Embedded = Embedded,
    };

    /// <summary>Stores a request that is not embedded yet, with the idempotency key it came with.</summary>
    public static void Insert(SqliteConnection connection, MaintenanceRequest request, string? key = null, byte[]? fingerprint = null) =>
        connection.Execute(
            """
            INSERT INTO maintenance_requests (id, hotel_id, hotel, source, date, details, room_number, location, idempotency_key, fingerprint)
            VALUES (@Id, @HotelId, @Hotel, @Source, @Date, @Details, @RoomNumber, @Location, @Key, @Fingerprint)
            """,
            new
            {
                request.Id,
                request.HotelId,
                request.Hotel,
                request.Source,
                Date = StoredTime.Format(request.Date),
                request.Details,
                request.RoomNumber,
                request.Location,
                Key = key,
                Fingerprint = fingerprint,
            });
}
