using System.Data.Common;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>The managed identity that writes to Application Insights.</summary>
/// <param name="ClientId">Of a user-assigned identity; null for the app's own.</param>
internal sealed record TelemetryIdentity(string? ClientId)
{
    /// <summary>Reads an authentication string.</summary>
    /// <param name="text">The string; null or empty for no identity.</param>
    /// <param name="valid">Whether the string is one.</param>
    public static TelemetryIdentity? Parse(string? text, out bool valid)
    {
        if (string.IsNullOrEmpty(text))
        {
            valid = true;
            return null;
        }

        DbConnectionStringBuilder? parts = TelemetrySettings.Parts(text);
        string? clientId = Part("ClientId");
        valid = string.Equals(Part("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase) && (clientId is null || Guid.TryParse(clientId, out _));
        return new TelemetryIdentity(clientId);

        string? Part(string name) => parts is not null && parts.TryGetValue(name, out object? value) ? (string)value : null;
    }
}
