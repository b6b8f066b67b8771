namespace ContosoSuites.Functions.Storage;

/// <summary>Which maintenance requests to list.</summary>
public sealed record MaintenanceRequestQuery
{
    /// <summary>Only those about this hotel.</summary>
    public int? HotelId { get; init; }

    /// <summary>Only those reported by this source.</summary>
    public string? Source { get; init; }

    /// <summary>Only those reported at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The most requests that a page holds.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Where the page before this one ended; null for the first page. Only with the filters it came with.</summary>
    public string? ContinuationToken { get; init; }
}
