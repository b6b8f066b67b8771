using System.Globalization;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>Addresses at which there is no instance.</summary>
internal static class Nowhere
{
    /// <summary>A name that stands for no machine (RFC 2606).</summary>
    public static Uri Name { get; } = new("http://backend.invalid/openai");

    // As long as the tests run: given back, it would soon be the port of somebody who answers.
    private static readonly HeldPort Held = new();

    /// <summary>A port that nobody listens on.</summary>
    public static Uri Port { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Held.Number}/openai"));
}
