namespace ContosoSuites.Functions.Maintenance;

/// <summary>A maintenance request that is about to be stored; the store gives it its id.</summary>
public sealed record NewMaintenanceRequest
{
    /// <summary>The hotel it is about.</summary>
    public required int HotelId { get; init; }

    /// <summary>That hotel's name.</summary>
    public required string Hotel { get; init; }

    /// <summary>Who reported it: staff, customer or inspector.</summary>
    public required string Source { get; init; }

    /// <summary>What is wrong, in the reporter's words.</summary>
    public required string Details { get; init; }

    /// <summary>When it was reported; the time of storing when absent.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The room, where it is about one.</summary>
    public string? RoomNumber { get; init; }

    /// <summary>The place in the hotel, where it is not about a room, or more exactly within it.</summary>
    public string? Location { get; init; }

    /// <summary>The request that is stored now, with a new id.</summary>
    internal MaintenanceRequest ToStored(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString(),
        HotelId = HotelId,
        Hotel = Hotel,
        Source = Source,
        Date = (Date ?? now).ToUniversalTime(),
        Details = Details,
        RoomNumber = RoomNumber,
        Location = Location,
    };
}
