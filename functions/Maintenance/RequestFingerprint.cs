using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>Tells whether two requests that came with the same idempotency key say the same.</summary>
internal static class RequestFingerprint
{
    /// <summary>The same bytes for the same content, and no others.</summary>
    public static byte[] Of(NewMaintenanceRequest request)
    {
        // As a JSON list, because then no text can pass for two neighboring ones.
        string?[] content =
        [
            request.HotelId.ToString(CultureInfo.InvariantCulture),
            request.Hotel,
            request.Source,
            request.Date is { } date ? StoredTime.Format(date) : null,
            request.Details,
            request.RoomNumber,
            request.Location,
        ];
        return SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content));
    }
}
