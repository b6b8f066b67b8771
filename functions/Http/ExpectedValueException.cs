using System.Text.Json;

namespace ContosoSuites.Functions.Http;

/// <summary>A value in JSON is not what its field holds. The message is for the caller, and quotes nothing of the body.</summary>
/// <param name="expected">What to send instead.</param>
internal sealed class ExpectedValueException(string expected) : JsonException(expected);
